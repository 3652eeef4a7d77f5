import type { Signal } from '@preact/signals';
import type { Axis } from './axis.js';
import type { Curve, Range } from './curve.js';
import type { LineSeries, Mark } from './series.js';

/** A chart of lines as its data. */
export interface LineChartSpec {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  readonly axis: Axis;
  readonly yLabel: string;
  /** A value in words. */
  readonly format: (value: number) => string;
  /** Fixed limits; else those of what is in view. */
  readonly yRange?: readonly [number, number];
  readonly series: readonly LineSeries[];
  readonly marks: readonly Mark[];
  /** Whether smoothing and the logarithmic scale apply. */
  readonly isLoss: boolean;
}

/** What the charts of a view share, each told when it changes. */
export interface ChartSettings {
  readonly hidden: Signal<ReadonlySet<string>>;
  readonly tables: Signal<ReadonlySet<string>>;
  /** The part shown, by axis. */
  readonly zoom: Signal<Readonly<Record<string, Range>>>;
  readonly smoothing: Signal<number>;
  readonly log: Signal<boolean>;
  /** What a picture says below its title. */
  caption(): readonly string[];
  save(name: string, content: Uint8Array): void;
}

/** A series as it is drawn: smoothed over what it was, or as it is. */
export interface DrawnSeries {
  readonly series: LineSeries;
  readonly behind: Curve | undefined;
}

/** The keys with one more, or one less. */
export function withKey(keys: ReadonlySet<string>, key: string, present: boolean): ReadonlySet<string> {
  const next = new Set(keys);
  if (present) next.add(key);
  else next.delete(key);
  return next;
}
