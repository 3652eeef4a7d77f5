import { change, patches, selected } from './model.js';
import { neighbour, patchOfRank } from './overlay/find.js';
import { stage } from './stage-handle.js';

/** How much is shown around a patch that is jumped to, in patch widths. */
const surroundings = 9;

/** Selects a patch and brings it into sight where it is not. */
export function select(index: number): void {
  const all = patches.value;
  selected.value = index;
  if (!all || index < 0) return;
  const place = { x: all.x[index], y: all.y[index], size: all.size[index] };
  change({ place });
  stage.value?.reveal(place, surroundings);
}

export function clearSelection(): void {
  selected.value = -1;
  change({ place: undefined });
}

/** Selects by rank within the slide, 1 highest. */
export function selectByRank(rank: number): void {
  const found = patches.value ? patchOfRank(patches.value.rank, rank) : -1;
  if (found >= 0) select(found);
}

/** Moves by a rank: from no patch to the first. */
export function stepRank(by: number): void {
  const all = patches.value;
  if (all) selectByRank(selected.value < 0 ? 1 : all.rank[selected.value] + by);
}

/** Moves to the neighbour in a direction. */
export function stepTo(columns: number, rows: number): void {
  const all = patches.value;
  if (all && selected.value >= 0) select(neighbour(all, selected.value, columns, rows));
  else selectByRank(1);
}
