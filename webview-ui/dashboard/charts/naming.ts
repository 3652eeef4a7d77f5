import type { LineSeries, SeriesStyle } from '../../shared/chart/series.js';
import type { Curve } from '../../shared/chart/curve.js';
import type { FollowedRun } from '../followed-run.js';

/** Runs in one chart go by letters: A, B, C …; they stand beside their names in the list of runs. */
export function letterOf(index: number): string {
  return String.fromCharCode(65 + (index % 26)) + (index >= 26 ? String(Math.floor(index / 26)) : '');
}

/** One line of a chart, of each run that has it. */
export interface LinePart {
  /** Within the chart; the same for all runs. */
  readonly key: string;
  readonly label: string;
  curveOf(run: FollowedRun): Curve;
}

/**
 * The series of a chart: each part of each run, where there is a point. One run alone has a colour a part;
 * of several each has its colour, and parts differ by their dashes.
 */
export function seriesOf(runs: readonly FollowedRun[], parts: readonly LinePart[], chart: string): LineSeries[] {
  return runs.flatMap((run, index) =>
    parts.flatMap(({ key, label, curveOf }, part): LineSeries[] => {
      const curve = curveOf(run);
      if (!hasValues(curve)) return [];
      const style: SeriesStyle = runs.length === 1 ? { color: part, dash: part } : { color: index, dash: part + Math.floor(index / 6) };
      const name = parts.length === 1 ? run.name : label;
      return [{ key: `${chart}/${runs.length === 1 ? '' : run.folderName}/${key}`, label: runs.length === 1 ? label : `${letterOf(index)} · ${name}`, style, curve }];
    }),
  );
}

function hasValues({ y, extrema }: Curve): boolean {
  const [min, max] = extrema.within(y, 0, y.length);
  return min <= max;
}
