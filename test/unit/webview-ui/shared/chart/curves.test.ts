import { describe, expect, it } from 'vitest';
import { NumberTable } from '../../../../../src/shared/run/columns.js';
import { TableCurve } from '../../../../../webview-ui/shared/chart/curve.js';
import { visiblePoints } from '../../../../../webview-ui/shared/chart/decimate.js';
import { Extrema } from '../../../../../webview-ui/shared/chart/extrema.js';
import { fullRange, isWhole, pan, within, zoomAbout } from '../../../../../webview-ui/shared/chart/navigate.js';
import { nearestX, nextX, placeOf, placesWithin, readingsAt } from '../../../../../webview-ui/shared/chart/readings.js';
import { lowerBound, nearestPlace, upperBound } from '../../../../../webview-ui/shared/chart/search.js';
import type { LineSeries } from '../../../../../webview-ui/shared/chart/series.js';
import { SmoothedCurve } from '../../../../../webview-ui/shared/chart/smooth.js';

function curveOf(rows: readonly (readonly [x: number, y: number, segment?: number])[]): { table: NumberTable; curve: TableCurve } {
  const table = new NumberTable(['x', 'y', 'segment']);
  for (const [x, y, segment = 1] of rows) table.push([x, y, segment]);
  return { table, curve: new TableCurve(table, { x: 'x', y: 'y', segment: 'segment' }) };
}

const wave = (count: number): (readonly [number, number])[] => Array.from({ length: count }, (_, i) => [i, Math.sin(i) * (1 + (i % 97))] as const);
const seriesOf = (key: string, rows: Parameters<typeof curveOf>[0]): LineSeries => ({ key, label: key, style: { color: 0, dash: 0 }, curve: curveOf(rows).curve });

describe('extremes of a stretch', () => {
  it('are those found by looking at every value, also after the column grew', () => {
    const values = Float64Array.from(wave(5000), ([, y]) => y);
    const extrema = new Extrema();
    for (const length of [10, 700, 5000]) {
      const column = values.subarray(0, length);
      extrema.extend(column);
      for (const [from, to] of [[0, length], [3, 5], [17, length - 1], [Math.floor(length / 2), length]] as const) {
        const part = [...column.subarray(from, to)];
        expect(extrema.within(column, from, to)).toEqual([Math.min(...part), Math.max(...part)]);
      }
    }
  });

  it('pass over what is not defined', () => {
    const column = Float64Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? NaN : i));
    const extrema = new Extrema();
    extrema.extend(column);
    expect(extrema.within(column, 0, 40)).toEqual([1, 39]);
    expect(extrema.within(column, 2, 3)).toEqual([Infinity, -Infinity]);
  });
});

describe('the points that draw a curve', () => {
  it('are all of them while there are few, with a gap where something begins anew', () => {
    const { curve } = curveOf([[1, 5], [2, 4], [3, 9, 2]]);
    expect(visiblePoints(curve, [1, 3], 100)).toEqual([{ x: 1, y: 5 }, { x: 2, y: 4 }, { x: 3, y: NaN }, { x: 3, y: 9 }]);
  });

  it('are few of many, and lose no spike', () => {
    const rows = wave(100_000).map(([x], i) => [x, i === 54_321 ? 777 : Math.cos(i)] as const);
    const points = visiblePoints(curveOf(rows).curve, [0, 99_999], 500);
    expect(points.length).toBeLessThanOrEqual(2 * 502);
    expect(Math.max(...points.map(({ y }) => y))).toBe(777);
    expect(points.every(({ x }, i) => i === 0 || x >= points[i - 1]!.x)).toBe(true);
  });

  it('break between rounds also where many fall on one column', () => {
    const rows = wave(20_000).map(([x, y]) => [x, y, x < 7777 ? 1 : 2] as const);
    const points = visiblePoints(curveOf(rows).curve, [0, 19_999], 100);
    expect(points.filter(({ y }) => Number.isNaN(y)).map(({ x }) => x)).toEqual([7777]);
  });

  it('reach one beyond each edge', () => {
    const { curve } = curveOf([[0, 1], [1, 2], [2, 3], [3, 4], [4, 5]]);
    expect(visiblePoints(curve, [1.5, 2.5], 100).map(({ x }) => x)).toEqual([1, 2, 3]);
  });
});

describe('smoothing', () => {
  it('is an average weighted to the last, starts anew with each segment, and goes on as the curve grows', () => {
    const { table, curve } = curveOf([[1, 1], [2, 3]]);
    const smooth = new SmoothedCurve(curve, 0.5);
    const expected = [1, (0.25 * 1 + 0.5 * 3) / 0.75];
    expect([...smooth.y]).toEqual(expected);
    table.push([3, 8, 2]);
    expect([...smooth.y]).toEqual([...expected, 8]);
  });

  it('leaves what is not defined open', () => {
    expect([...new SmoothedCurve(curveOf([[1, 2], [2, NaN], [3, 2]]).curve, 0.9).y]).toEqual([2, NaN, expect.closeTo(2)]);
  });
});

describe('zoom', () => {
  const full = [0, 100] as const;
  it('keeps the place under the pointer, and never leaves the whole', () => {
    expect(zoomAbout([0, 100], full, 25, 0.5)).toEqual([12.5, 62.5]);
    expect(zoomAbout([0, 50], full, 0, 10)).toEqual([0, 100]);
    expect(pan([50, 100], full, 0.5)).toEqual([50, 100]);
    expect(pan([50, 100], full, -0.5)).toEqual([25, 75]);
    expect(within([-20, 10], full)).toEqual([0, 30]);
    expect([isWhole([0, 100], full), isWhole([0, 99], full)]).toEqual([true, false]);
  });

  it('knows the whole, also of one point and of none', () => {
    expect(fullRange([curveOf([[1, 0], [4, 0]]).curve, curveOf([[-2, 0]]).curve])).toEqual([-2, 4]);
    expect(fullRange([curveOf([[1, 0]]).curve])).toEqual([0.5, 1.5]);
    expect(fullRange([])).toBeUndefined();
  });
});

describe('reading a chart', () => {
  const series = [seriesOf('a', [[1, 10], [2, 20], [4, 40]]), seriesOf('b', [[2, 7], [3, 8]])];
  it('finds places in sorted numbers', () => {
    const sorted = Float64Array.of(1, 2, 2, 5);
    expect([lowerBound(sorted, 2), upperBound(sorted, 2), nearestPlace(sorted, 4), nearestPlace(new Float64Array(), 4)]).toEqual([1, 3, 3, -1]);
  });

  it('goes to the nearest point, and from point to point', () => {
    expect(nearestX(series, 2.9, [1, 4])).toBe(3);
    expect(nearestX(series, 2.9, [3.5, 4])).toBe(4);
    expect([nextX(series, 2, 1, 1), nextX(series, 2, -1, 1), nextX(series, 4, 1, 1)]).toEqual([3, 1, undefined]);
  });

  it('says the values of those series that have one there', () => {
    expect(readingsAt(series, 2, [1, 4]).map(({ series: { key }, value }) => [key, value])).toEqual([['a', 20], ['b', 7]]);
    expect(readingsAt(series, 4, [1, 4]).map(({ series: { key } }) => key)).toEqual(['a']);
  });

  it('lists each place once, and knows who has a point there', () => {
    expect([...placesWithin(series, [1, 3])]).toEqual([1, 2, 3]);
    expect([placeOf(series[0]!, 4), placeOf(series[0]!, 3)]).toEqual([2, -1]);
  });
});
