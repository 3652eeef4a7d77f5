import type { Scale, ScaleOptionsByType } from 'chart.js';
import { formatDuration } from '../../../src/shared/units.js';

/** What an x axis counts, and how its values are said. */
export interface Axis {
  /** Axes of one id are zoomed together. */
  readonly id: string;
  readonly label: string;
  readonly kind: 'count' | 'duration';
  /** Room beside the first and the last place, in units of the axis. */
  readonly pad?: number;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [1, 2, 5, 10, 15, 30].flatMap((n) => [n * second, n * minute]).concat([1, 2, 3, 6, 12].map((n) => n * hour), [1, 2, 5, 10, 20, 50].map((n) => n * day)).sort((a, b) => a - b);
const mostTicks = 8;

/** A place of the axis in words. */
export function placeText({ kind }: Axis, x: number): string {
  return kind === 'duration' ? formatDuration(x) : formatNumber(x);
}

/** chart.js options of the axis: whole numbers, or times at round steps. */
export function axisTicks({ kind }: Axis): { readonly ticks: Partial<ScaleOptionsByType<'linear'>['ticks']>; readonly afterBuildTicks?: (scale: Scale) => void } {
  if (kind === 'count') return { ticks: { precision: 0, maxRotation: 0, includeBounds: false, callback: (value) => (Number.isInteger(value) ? String(value) : '') } };
  return {
    ticks: { maxRotation: 0, includeBounds: false, callback: (value) => shortDuration(Number(value)) },
    afterBuildTicks(scale) {
      const step = steps.find((candidate) => (scale.max - scale.min) / candidate <= mostTicks) ?? steps.at(-1)!;
      scale.ticks = [];
      for (let value = Math.ceil(scale.min / step) * step; value <= scale.max; value += step) scale.ticks.push({ value });
    },
  };
}

/** `45 s`, `3:20 min`, `2:15 h`, `3.5 d`. */
function shortDuration(ms: number): string {
  const pair = (large: number, small: number, unit: string): string => {
    const [whole, part] = [Math.floor(ms / large), Math.round((ms % large) / small)];
    return part === 0 ? `${whole} ${unit}` : `${whole}:${String(part).padStart(2, '0')} ${unit}`;
  };
  if (ms < minute) return `${Number((ms / second).toFixed(1))} s`;
  if (ms < hour) return pair(minute, second, 'min');
  return ms < 2 * day ? pair(hour, minute, 'h') : `${Number((ms / day).toFixed(1))} d`;
}

/** A value in at most six digits. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return '–';
  if (value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6)) return String(Number(value.toPrecision(6)));
  return value.toExponential(3);
}
