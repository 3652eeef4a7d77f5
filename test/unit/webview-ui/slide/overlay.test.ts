import { describe, expect, it } from 'vitest';
import type { SlidePatches } from '../../../../src/shared/rpc/slides.js';
import { neighbour, patchAt, patchFrom, patchOfRank } from '../../../../webview-ui/slide/overlay/find.js';
import { paintSquares } from '../../../../webview-ui/slide/overlay/paint.js';
import { rampColor } from '../../../../src/shared/heat/ramp.js';
import { rampWords } from '../../../../webview-ui/slide/overlay/ramp.js';
import { shadesOf } from '../../../../src/shared/heat/shades.js';

/** Three by two patches of edge 10, ranks as given. */
const patches: SlidePatches = {
  x: Float64Array.of(0, 10, 20, 0, 10, 20),
  y: Float64Array.of(0, 0, 0, 10, 10, 10),
  size: new Float64Array(6).fill(10),
  score: Float32Array.of(0, 0.25, 0.25, 0.5, 0.75, 1),
  attention: Float32Array.of(0, 0, 0.1, 0.2, 0.3, 0.4),
  rank: Int32Array.of(6, 4, 5, 3, 2, 1),
  role: new Uint8Array(6),
  truth: new Int8Array(6),
};

describe('shades', () => {
  it('stand by percentile, equal values together', () => {
    const { share, order, ticks } = shadesOf(patches, 'score', 'percentile');
    expect([...share]).toEqual([0, 0.3, 0.3, 0.6, 0.8, 1].map(Math.fround));
    expect([...order]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(ticks).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it('stand by value: scores from 0 to 1, attention from 0 to its most, ranks from the last to the first', () => {
    expect([...shadesOf(patches, 'score', 'absolute').share]).toEqual([...patches.score]);
    expect([...shadesOf(patches, 'attention', 'absolute').share].map((share) => Number(share.toFixed(6)))).toEqual([0, 0, 0.25, 0.5, 0.75, 1]);
    const rank = shadesOf(patches, 'rank', 'absolute');
    expect([...rank.share].map((share) => Number(share.toFixed(6)))).toEqual([0, 0.4, 0.2, 0.6, 0.8, 1]);
    expect(rank.ticks).toEqual([6, 4.75, 3.5, 2.25, 1]);
    expect(rank.order.at(-1)).toBe(5);
  });
});

describe('the ramp', () => {
  it('ends in violet and yellow, gets lighter all the way, and clips', () => {
    expect(rampColor(-1)).toEqual([0x44, 0x01, 0x54]);
    expect(rampColor(2)).toEqual([0xfd, 0xe7, 0x25]);
    const lightness = Array.from({ length: 101 }, (_, i) => rampColor(i / 100)).map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b);
    expect(lightness.every((value, i) => i === 0 || value > lightness[i - 1]!)).toBe(true);
    expect([...new Uint8Array(rampWords.buffer, 0, 4)]).toEqual([0x44, 0x01, 0x54, 255]);
  });
});

describe('paintSquares', () => {
  const paint = (place: { left: number; top: number; scale: number }, order = Uint32Array.from(patches.x.keys()), width = 8, height = 6) => {
    const target = new Uint32Array(width * height);
    paintSquares(target, width, height, patches, order, Uint32Array.from(patches.x, (_, i) => i + 1), place);
    return Array.from({ length: height }, (_, row) => [...target.subarray(row * width, (row + 1) * width)].join(''));
  };

  it('fills the pixels nearest to each square, without gaps or overlaps', () => {
    expect(paint({ left: 0.6, top: 1.2, scale: 0.22 })).toEqual(['00000000', '01122330', '01122330', '04455660', '04455660', '04455660'].map((row) => row));
  });

  it('cuts what reaches beyond the canvas, and skips what lies beyond', () => {
    expect(paint({ left: -6, top: -3, scale: 0.4 })).toEqual(['22333300', '55666600', '55666600', '55666600', '55666600', '00000000']);
    expect(paint({ left: 100, top: 0, scale: 1 }).join('')).toMatch(/^0+$/);
    expect(paint({ left: 0, top: -100, scale: 1 }).join('')).toMatch(/^0+$/);
  });

  it('shows every square, however small, the last in order on top', () => {
    expect(paint({ left: 3, top: 3, scale: 0.001 })[3]).toBe('00060000');
    expect(paint({ left: 3, top: 3, scale: 0.001 }, Uint32Array.of(5, 0))[3]).toBe('00010000');
  });
});

describe('finding patches', () => {
  it('by a point: half-open, the best where they overlap', () => {
    expect(patchAt(patches, 9.99, 0, patches.rank)).toBe(0);
    expect(patchAt(patches, 10, 0, patches.rank)).toBe(1);
    expect(patchAt(patches, 30, 0, patches.rank)).toBe(-1);
    const wide = { ...patches, size: new Float64Array(6).fill(20) };
    expect(patchAt(wide, 15, 15, patches.rank)).toBe(4);
  });

  it('by direction, by rank and by place', () => {
    expect(neighbour(patches, 0, 1, 0)).toBe(1);
    expect(neighbour(patches, 1, 0, 1)).toBe(4);
    expect(neighbour(patches, 2, 1, 0)).toBe(2);
    expect(patchOfRank(patches.rank, 1)).toBe(5);
    expect(patchOfRank(patches.rank, 7)).toBe(-1);
    expect(patchFrom(patches, { x: 10.2, y: 9.9 })).toBe(4);
    expect(patchFrom(patches, { x: 15, y: 10 })).toBe(-1);
  });
});
