import { describe, expect, it } from 'vitest';
import { highest, hinge, pairLossOfLogits, shortfalls, summariseBag, topInstances, violations } from '../../../src/mil/losses/index.js';
import { Random } from '../../../src/shared/random.js';
import { lossOptions } from './support.js';

const random = new Random(7);
const bag = (instances: number): Float32Array => Float32Array.from({ length: instances }, () => Math.round(random.normal() * 20) / 10);

describe('the highest values', () => {
  it('are those a full sort would put first, equals in order', () => {
    for (let trial = 0; trial < 50; trial++) {
      const values = bag(1 + random.integer(300));
      const count = 1 + random.integer(120);
      const sorted = [...values.keys()].sort((a, b) => values[b] - values[a] || a - b);
      expect([...highest(values, count)]).toEqual(sorted.slice(0, count));
    }
  });

  it('begin with what is no number, so that a mean shows it', () => {
    expect([...highest([3, NaN, 5, NaN, 4], 3)]).toEqual([1, 3, 2]);
    expect(topInstances([3, NaN], { topK: 1, scoreSpace: 'logit' }).mean).toBeNaN();
  });
});

describe('pairs of instances', () => {
  it.each([
    ['logits', lossOptions({ topK: 10, margin: 1, scoreSpace: 'logit' })],
    ['probabilities', lossOptions({ topK: 4, margin: 0.5, scoreSpace: 'probability' })],
    ['a K larger than either bag', lossOptions({ topK: 100, margin: 3 })],
  ])('mean the shortfall the loss sees, on %s', (_, options) => {
    for (let trial = 0; trial < 20; trial++) {
      const [positive, negative] = [bag(2 + random.integer(30)), bag(2 + random.integer(30))];
      const [top, other] = [topInstances(positive, options), topInstances(negative, options)];
      const matrix = shortfalls(top, other, options.margin);
      expect(matrix).toHaveLength(Math.min(options.topK, positive.length) * Math.min(options.topK, negative.length));
      const mean = matrix.reduce((sum, value) => sum + value, 0) / matrix.length;
      const { ranking } = pairLossOfLogits(summariseBag(0, positive, options), summariseBag(0, negative, options), options);
      expect(Math.max(0, mean)).toBeCloseTo(ranking, 10);
      expect(hinge(top.mean, other.mean, options.margin)).toBe(ranking);
      expect(violations(top, other, options.margin)).toBe(matrix.filter((value) => value > 0).length);
    }
  });

  it('that keep the margin exactly do not violate it', () => {
    const options = lossOptions({ topK: 2, margin: 1 });
    const [top, other] = [topInstances([3, 2], options), topInstances([1, 2], options)];
    expect([...shortfalls(top, other, 1)]).toEqual([0, -1, 1, 0]);
    expect(violations(top, other, 1)).toBe(1);
  });
});
