import type { Diagnostic } from '../shared/diagnostics.js';
import type { TilingOptions } from '../shared/experiment/index.js';
import type { Slide, TileGrid } from './contract.js';

/** Why a grid is empty, and what to do about it, for people; undefined when it is not. */
export function emptyGridDiagnostic(slide: Slide, grid: TileGrid, tiling: TilingOptions, slideId?: string): Diagnostic | undefined {
  if (grid.x.length > 0) return undefined;
  const place = slideId === undefined ? { file: slide.path } : { file: slide.path, slide: slideId };
  return { severity: 'error', code: 'slide-no-tissue', ...reasonOf(slide, grid, tiling), place };
}

function reasonOf({ levels: [{ width, height }] }: Slide, { size0 }: TileGrid, { partial, tissue }: TilingOptions): { readonly message: string; readonly remedy: string } {
  const small = width < size0 || height < size0;
  const edge = Math.round(size0 * 10) / 10;
  const size = `The image (${width} × ${height} px) is smaller than one patch (${edge} × ${edge} px of it)`;
  if (small && !partial) return { message: `${size}.`, remedy: 'Make `tiling.size` or `tiling.mpp` smaller, set `tiling.partial`, or leave the slide out of the cohort.' };
  if (small) return { message: `${size}, and too little of that patch is tissue: what lies beyond the slide is none.`, remedy: 'Lower `tiling.tissue.minFraction`, make `tiling.size` or `tiling.mpp` smaller, or leave the slide out of the cohort.' };
  const drawn = tissue.annotations || tissue.masks ? ['its annotations and mask'] : [];
  if (tissue.method === 'none') return { message: 'No patch of this slide holds enough tissue.', remedy: `Look at ${drawn.join('') || 'the slide'}, or lower \`tiling.tissue.minFraction\`.` };
  return { message: 'No patch of this slide holds enough tissue.', remedy: `Look at ${['the slide', ...drawn].join(' and at ')}; if it does hold tissue, lower \`tiling.tissue.minFraction\` or \`minArea\`, or set \`tiling.tissue.method\` to "none".` };
}
