import { describe, expect, it } from 'vitest';
import { formatLength, formatMagnification, magnification, scaleBar } from '../../../../webview-ui/shared/viewer/measures.js';

describe('magnification', () => {
  it.each([
    [1, 0.25, 40, '40×'],
    [1, 0.5, 20, '20×'],
    [0.125, 0.25, 5, '5×'],
    [0.01, 0.2527, 0.39573, '0.4×'],
    [2, 0.2527, 79.14523, '79.1×'],
  ])('of %f pixels a pixel of %f µm', (scale, mpp, value, text) => {
    expect(magnification(scale, mpp)).toBeCloseTo(value, 4);
    expect(formatMagnification(magnification(scale, mpp))).toBe(text);
  });
});

describe('scaleBar', () => {
  it.each([
    [0.25, 20],
    [1, 100],
    [0.5, 50],
    [37, 5000],
    [0.0003, 0.02],
  ])('of %f µm a pixel', (perPixel, micrometres) => {
    const bar = scaleBar(perPixel, 140);
    expect(bar.micrometres).toBeCloseTo(micrometres, 10);
    expect(bar.pixels).toBeCloseTo(micrometres / perPixel, 8);
    expect(bar.pixels).toBeLessThanOrEqual(140);
    expect(bar.pixels).toBeGreaterThan(140 / 2.5);
  });
});

it.each([[0.02, '20 nm'], [0.5, '500 nm'], [20, '20 µm'], [1000, '1 mm'], [25_500, '25.5 mm']])('says %f µm', (length, text) => {
  expect(formatLength(length)).toBe(text);
});
