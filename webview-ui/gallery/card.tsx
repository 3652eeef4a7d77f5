import type { CohortSlideFacts, SlideSplit } from '../../src/shared/rpc/slides.js';
import { t } from '../shared/l10n.js';
import { thumbnailOf } from './thumbnails.js';

const splitNames: Record<Exclude<SlideSplit, null>, string> = { train: t('train'), validation: t('validation'), test: t('test'), 'held-out': t('held out') };

interface CardProps {
  readonly slide: CohortSlideFacts;
  onOpen(): void;
}

/** A slide: its picture, what it is, and what was predicted of it. */
export function Card({ slide, onOpen }: CardProps) {
  const { call } = slide;
  return (
    <div class="card" onClick={onOpen}>
      <Picture path={slide.path} />
      <p class="name">
        <strong>{slide.id}</strong>
        <span>{splitText(slide.split)}</span>
      </p>
      <p>{t('Label: {0}', slide.label)}</p>
      <p class={call?.wrong ? 'wrong' : ''}>{call ? predictedText(slide) : t('Not predicted yet')}</p>
    </div>
  );
}

function Picture({ path }: { path: string }) {
  const thumbnail = thumbnailOf(path).value;
  if (path === '') return <div class="picture">{t('no slide file')}</div>;
  if (!thumbnail) return <div class="picture" />;
  return 'address' in thumbnail ? <img class="picture" src={thumbnail.address} alt="" draggable={false} /> : <div class="picture problem" title={thumbnail.problem}>{t('This slide cannot be read')}</div>;
}

/** A card in one line, for screen readers. */
export function cardLabel(slide: CohortSlideFacts): string {
  return [slide.id, t('Label: {0}', slide.label), splitText(slide.split), slide.call ? predictedText(slide) : t('Not predicted yet')].join(', ');
}

function predictedText(slide: CohortSlideFacts): string {
  const { name, wrong } = slide.call!;
  const probability = slide.probability!.toFixed(3);
  return wrong ? t('Wrong: {0} ({1})', name, probability) : t('Predicted: {0} ({1})', name, probability);
}

function splitText(split: SlideSplit): string {
  return split === null ? t('not split yet') : splitNames[split];
}
