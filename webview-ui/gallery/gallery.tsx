import type { CohortSlideFacts } from '../../src/shared/rpc/slides.js';
import { galleryFilters, gallerySorts, type GalleryFilter, type GallerySort } from '../../src/shared/rpc/views/gallery.js';
import { VirtualGrid } from '../shared/grid/virtual-grid.js';
import { t } from '../shared/l10n.js';
import { host } from './load.js';
import { change, cohort, current, failure, slides, state } from './model.js';
import { Card, cardLabel } from './card.js';
import { want } from './thumbnails.js';

const filterNames: Record<GalleryFilter, string> = { all: t('All'), train: t('Train'), validation: t('Validation'), test: t('Test'), wrong: t('Predicted wrong') };
const sortNames: Record<GallerySort, string> = { table: t('Cohort table'), id: t('Slide'), label: t('Label'), split: t('Split'), probability: t('Probability') };

/** The slides of a run as pictures. */
export function Gallery() {
  if (failure.value) return <p class="failure" role="alert">{failure.value}</p>;
  if (!cohort.value) return <p role="status">{t('Reading the cohort…')}</p>;
  const shown = slides.value;
  const all = cohort.value.slides;
  const wrong = all.filter((slide) => slide.call?.wrong).length;
  const predicted = all.filter((slide) => slide.call).length;
  return (
    <>
      <header class="bar">
        <h1>{t('Slides of {0}', cohort.value.name)}</h1>
        <Controls />
        <p class="count" role="status">{t('{0} of {1} slides shown', shown.length, all.length)} · {predicted === 0 ? t('none predicted yet') : t('{0} of {1} predicted wrong', wrong, predicted)}</p>
      </header>
      {shown.length === 0 ? <p class="none">{t('No slide passes the filter.')}</p> : <Cards slides={shown} />}
    </>
  );
}

function Controls() {
  const { sort = 'table', filter = 'all', search = '' } = state.value;
  return (
    <div class="controls" role="search">
      <label>
        <span class="visually-hidden">{t('Find a slide, label or patient')}</span>
        <input type="search" value={search} placeholder={t('Find a slide, label or patient')} onInput={({ currentTarget }) => change({ search: currentTarget.value })} />
      </label>
      <label>
        {t('Show')}
        <select value={filter} onChange={({ currentTarget }) => change({ filter: currentTarget.value as GalleryFilter })}>
          {galleryFilters.map((name) => <option key={name} value={name}>{filterNames[name]}</option>)}
        </select>
      </label>
      <label>
        {t('Sort by')}
        <select value={sort} onChange={({ currentTarget }) => change({ sort: currentTarget.value as GallerySort })}>
          {gallerySorts.map((name) => <option key={name} value={name}>{sortNames[name]}</option>)}
        </select>
      </label>
    </div>
  );
}

function Cards({ slides: shown }: { slides: readonly CohortSlideFacts[] }) {
  const open = (index: number): void => {
    const slide = shown[index];
    if (slide && slide.path !== '') void host.openSlide(state.value.run, slide.id);
  };
  return (
    <VirtualGrid
      label={t('Slides')}
      count={shown.length}
      cellWidth={190}
      captionHeight={72}
      current={Math.min(current.value, shown.length - 1)}
      focusCalls={0}
      onChoose={(index) => (current.value = index)}
      onKey={({ key }, index) => {
        if (key !== 'Enter') return false;
        open(index);
        return true;
      }}
      onDoubleClick={() => undefined}
      onVisible={(first, last) => want(shown.slice(first, last + 1).map(({ path }) => path))}
      describeCell={(index) => cardLabel(shown[index])}
      renderCell={(index) => <Card slide={shown[index]} onOpen={() => open(index)} />}
    />
  );
}
