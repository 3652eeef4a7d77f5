import { HeatField, writeHeatmapPng, writeHeatmapTiff, type HeatFrame } from '../../report/export/index.js';
import { HardmineError } from '../../shared/errors.js';
import { shadesOf } from '../../shared/heat/shades.js';
import type { ColorScale, Measure } from '../../shared/rpc/views/slide.js';
import type { Mpp } from '../../shared/units.js';
import type { Slide } from '../../slides/contract.js';
import { levelScale } from '../../slides/level-scale.js';
import type { SlideScores } from './slide-scores.js';

export interface HeatmapOptions {
  readonly measure: Exclude<Measure, 'none'>;
  readonly scale: ColorScale;
  /** A level of the slide; or else `downsample`, level-0 pixels a pixel. */
  readonly level?: number;
  readonly downsample?: number;
}

/** Longest edge of a heatmap where nothing else was asked for, px. */
const usualEdge = 4096;

/**
 * Writes the heatmap of a slide: a picture (.png), or values with their place (.tif, .tiff: OME-TIFF).
 * @returns its frame. @throws HardmineError `usage`, `disk-full`, `file-denied`, `file-missing`.
 */
export async function exportHeatmap(file: string, { row, round, patches }: SlideScores, slide: Slide, { measure, scale, ...size }: HeatmapOptions): Promise<HeatFrame> {
  const frame = frameOf(slide, size);
  const { share } = shadesOf(patches, measure, scale);
  if (/\.png$/i.test(file)) await writeHeatmapPng(file, new HeatField(patches, share), frame);
  else if (/\.tiff?$/i.test(file)) {
    const values = scale === 'percentile' ? share : Float32Array.from(patches[measure]);
    writeHeatmapTiff(file, new HeatField(patches, values), frame, { name: row.id, channel: `${measure}${scale === 'percentile' ? ' percentile' : ''}, round ${round}`, mpp: mppOf(slide, row.mpp) });
  } else throw new HardmineError('usage', 'A heatmap is a .png, .tif or .tiff file.', { place: { file } });
  return frame;
}

function frameOf(slide: Slide, { level, downsample }: Pick<HeatmapOptions, 'level' | 'downsample'>): HeatFrame {
  const [base] = slide.levels;
  if (level !== undefined) {
    const chosen = slide.levels[level];
    if (!chosen) throw new HardmineError('usage', `This slide has the levels 0 to ${slide.levels.length - 1}.`, { place: { file: slide.path }, remedy: 'Choose one of them, or give --downsample instead.' });
    const { x, y } = levelScale(base, chosen);
    return { width: chosen.width, height: chosen.height, scaleX: x, scaleY: y };
  }
  const scale = downsample ?? 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(base.width, base.height) / usualEdge)));
  return { width: Math.ceil(base.width / scale), height: Math.ceil(base.height / scale), scaleX: scale, scaleY: scale };
}

/** Of the cohort table, or else the file. */
function mppOf(slide: Slide, fromTable: number | undefined): Mpp | undefined {
  return fromTable === undefined ? slide.mpp : { x: fromTable, y: fromTable };
}
