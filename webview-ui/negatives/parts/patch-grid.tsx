import { useEffect, useMemo } from 'preact/hooks';
import type { Verdict } from '../../../src/shared/judgements/verdicts.js';
import { VirtualGrid } from '../../shared/grid/virtual-grid.js';
import { t } from '../../shared/l10n.js';
import { host, judge, openOnSlide, select, shownRound } from '../actions.js';
import { Pictures } from '../pictures.js';
import { focusCalls, largeOpen, look, order, patches, problem, selected, subject } from '../state.js';
import { count, describePatch, factsOf, type PatchFacts } from '../words.js';
import { Cell } from './cell.js';

/** Keys that judge. */
export const verdictKeys: Readonly<Record<string, Verdict>> = { 1: 'confirmed-negative', 2: 'mislabelled', 3: 'artefact', 0: 'none', Backspace: 'none' };
/** Height of the two lines below a picture, px. */
const captionHeight = 38;

/** The bank as thumbnails. */
export function PatchGrid() {
  const { run } = subject.value;
  const { cellSize } = look.value;
  const pictures = useMemo(() => {
    const edge = Math.round(cellSize * Math.min(2, Math.max(1, window.devicePixelRatio)));
    return new Pictures(
      (rows) => host.patchPictures(run!, shownRound()!, rows, edge),
      ([first]) => (problem.value = first),
    );
  }, [run, cellSize]);
  useEffect(() => () => pictures.close(), [pictures]);

  const all = patches.value!;
  const places = order.value;
  const rowAt = (index: number): number => all.row[places[index]!]!;
  const patchAt = (index: number): PatchFacts => factsOf(all, places[index]!);

  const onVisible = (first: number, last: number): void => {
    // What is in sight, and a page ahead.
    const end = Math.min(places.length, 2 * last - first + 2);
    pictures.want(Array.from({ length: end - first }, (_, i) => rowAt(first + i)));
  };
  const onKey = (event: KeyboardEvent, index: number): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === ' ') largeOpen.value = true;
    else if (event.key === 'Enter') openOnSlide(patchAt(index));
    else if (event.key in verdictKeys) void judge(patchAt(index), verdictKeys[event.key]!);
    else return false;
    return true;
  };

  return (
    <VirtualGrid
      label={t('Mined patches, {0} shown', count(places.length))}
      count={places.length}
      cellWidth={cellSize}
      captionHeight={captionHeight}
      current={selected.value}
      focusCalls={focusCalls.value}
      onChoose={select}
      onKey={onKey}
      onDoubleClick={(index) => openOnSlide(patchAt(index))}
      onVisible={onVisible}
      describeCell={(index) => describePatch(patchAt(index))}
      renderCell={(index) => <Cell patch={patchAt(index)} picture={pictures.of(rowAt(index))} />}
    />
  );
}
