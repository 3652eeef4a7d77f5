import type { ThemeColors } from '../theme/colors.js';
import type { Curve } from './curve.js';

/** How a series looks. Neither dash nor marker nor colour is needed to tell two series apart if another of them is seen. */
export interface SeriesStyle {
  /** Place in the theme's colours of series. */
  readonly color: number;
  /** Place in `dashes`. */
  readonly dash: number;
}

export interface LineSeries {
  /** Names the series over reloads. */
  readonly key: string;
  readonly label: string;
  readonly style: SeriesStyle;
  readonly curve: Curve;
}

/** A vertical line at a place of the x axis. */
export interface Mark {
  readonly x: number;
  readonly label: string;
}

/** Dash patterns, px. */
export const dashes: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [9, 3, 2, 3]];
/** Point shapes of chart.js, one for each colour. */
export const markers = ['circle', 'rect', 'triangle', 'rectRot', 'star', 'cross'] as const;

export function colorOf({ color }: SeriesStyle, { charts }: ThemeColors): string {
  return charts.series[color % charts.series.length]!;
}

export function dashOf({ dash }: SeriesStyle): readonly number[] {
  return dashes[dash % dashes.length]!;
}

export function markerOf({ color }: SeriesStyle): (typeof markers)[number] {
  return markers[color % markers.length]!;
}

/** The colour, seen through. @param share 0 to 1. */
export function faded(color: string, share: number): string {
  return `color-mix(in srgb, ${color} ${Math.round(share * 100)}%, transparent)`;
}
