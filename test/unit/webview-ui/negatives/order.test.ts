import { describe, expect, it } from 'vitest';
import { changes, type BankPatches } from '../../../../src/shared/rpc/banks.js';
import { orderOf, usualFilter, type Filter, type Sort } from '../../../../webview-ui/negatives/order.js';
import { standings, withTried, withVerdicts } from '../../../../webview-ui/negatives/patches.js';

type Given = readonly [row: number, slide: string, score: number, role: 1 | 2, change: (typeof changes)[number]];

function bankOf(...given: Given[]): BankPatches {
  const slides = [...new Set(given.map(([, slide]) => slide))];
  return {
    slides,
    row: Int32Array.from(given, ([row]) => row),
    slideOf: Int32Array.from(given, ([, slide]) => slides.indexOf(slide)),
    x: Float64Array.from(given, ([row]) => 100 * row),
    y: new Float64Array(given.length),
    size: new Float64Array(given.length).fill(100),
    score: Float32Array.from(given, ([, , score]) => score),
    rank: Int32Array.from(given, (_, i) => i + 1),
    role: Uint8Array.from(given, ([, , , role]) => role),
    change: Uint8Array.from(given, ([, , , , change]) => changes.indexOf(change)),
  };
}
const bank = bankOf([4, 's10', 0.9, 2, 'new'], [1, 's2', 0.8, 2, 'kept'], [7, 's10', 0.75, 1, 'new'], [2, 's2', 0.5, 2, 'kept'], [3, 's2', 0.25, 2, 'dropped']);
const judged = withVerdicts(withTried(bank, undefined), { standing: [{ slide: 's2', x: 100, y: 0, size: 100, verdict: 'artefact', time: '2026-11-22T10:00:00Z' }], problems: [] });
const rows = (filter: Partial<Filter>, sort: Sort = 'score') => [...orderOf(judged, { ...usualFilter, ...filter }, sort)].map((place) => judged.row[place]);
const all: Partial<Filter> = { role: 'any', hidden: [] };

describe('the patches shown', () => {
  it('are at first the hard negatives of the round, highest scores first', () => {
    expect(rows({})).toEqual([4, 1, 2]);
  });

  it('are those that pass every part of the filter', () => {
    expect(rows({ role: 'positive' })).toEqual([7]);
    expect(rows({ ...all, hidden: ['new', 'kept'] })).toEqual([3]);
    expect(rows({ ...all, low: 0.5, high: 0.8 })).toEqual([7, 2]);
    expect(rows({ ...all, verdict: 'artefact' })).toEqual([1]);
    expect(rows({ ...all, verdict: 'judged' })).toEqual([1]);
    expect(rows({ ...all, verdict: 'none', slide: 's2' })).toEqual([2, 3]);
  });

  it('are found by a whole id or by a part of some', () => {
    expect(rows({ ...all, slide: 's2' })).toEqual([1, 2, 3]);
    expect(rows({ ...all, slide: 'S1' })).toEqual([4, 7]);
    expect(rows({ ...all, slide: 'nowhere' })).toEqual([]);
  });

  it('are sorted by score, by slide as people count, and by rank', () => {
    expect(rows(all, 'score-up')).toEqual([3, 2, 7, 1, 4]);
    expect(rows(all, 'slide')).toEqual([1, 2, 3, 4, 7]);
    expect(rows(all, 'rank')).toEqual([4, 1, 7, 2, 3]);
  });
});

describe('tried options', () => {
  const entering = bankOf([3, 's2', 0.25, 2, 'new'], [9, 's2', 0.2, 2, 'new']);
  const shown = withTried(bank, { hardNegatives: 4, threshold: 0.2, stay: 2, leaving: Int32Array.of(1), enter: 2, entering: { ...entering, slides: bank.slides, slideOf: Int32Array.of(1, 1) } });

  it('mark what leaves and what enters, and show a patch that returns once', () => {
    expect([...shown.row]).toEqual([4, 1, 7, 2, 3, 9]);
    expect([...shown.standing].map((code) => standings[code])).toEqual(['new', 'leaves', 'new', 'kept', 'enters', 'enters']);
    expect([...shown.score]).toEqual([...Float32Array.of(0.9, 0.8, 0.75, 0.5, 0.25, 0.2)]);
    expect([...shown.slideOf].map((slide) => shown.slides[slide])).toEqual(['s10', 's2', 's10', 's2', 's2', 's2']);
  });
});
