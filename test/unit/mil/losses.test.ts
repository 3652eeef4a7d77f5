import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { tf } from '../../../src/engine/tfjs.js';
import type { BagPrediction } from '../../../src/mil/aggregators/index.js';
import { classPairLoss, meanPairLoss, ntXentLoss, pairLoss, pairLossOfLogits, summariseBag, supconLoss, type SupConOptions } from '../../../src/mil/losses/index.js';
import { Random } from '../../../src/shared/random.js';
import { cpuEngine, lossOptions } from './support.js';

beforeAll(cpuEngine);

const prediction = (bagLogit: number, instanceLogits: readonly number[] | Tensor1D): BagPrediction => {
  const logits = tf.reshape(Array.isArray(instanceLogits) ? tf.tensor1d(instanceLogits) : (instanceLogits as Tensor1D), [-1, 1]) as Tensor2D;
  return { bagLogits: tf.tensor1d([bagLogit]), instanceLogits: logits, attention: tf.zerosLike(logits), bagEmbedding: tf.zeros([1]) };
};
const numbers = (losses: Record<string, Tensor>) => Object.fromEntries(Object.entries(losses).map(([name, loss]) => [name, loss.arraySync() as number]));

describe('pair loss', () => {
  const positive = [2.5, -1, 0.5, 0.5, 3, -4];
  const negative = [0.1, -2];

  it.each([
    lossOptions(),
    lossOptions({ topK: 2, margin: 4, ranking: 0.7, posWeight: 2.5 }),
    lossOptions({ scoreSpace: 'probability', topK: 1 }),
    lossOptions({ bag: 0, instance: 0, ranking: 1, topK: 3 }),
  ])('is the same on tensors and on the host: %j', (options) => {
    const host = pairLossOfLogits(summariseBag(0.7, positive, options), summariseBag(-0.2, negative, options), options);
    const tensors = numbers(pairLoss(prediction(0.7, positive), prediction(-0.2, negative), options));
    for (const [name, value] of Object.entries(host)) expect(tensors[name], name).toBeCloseTo(value, 5);
  });

  it('clips K to each bag', () => {
    const options = lossOptions({ topK: 10, margin: 0 });
    const { ranking } = pairLossOfLogits(summariseBag(0, [1], options), summariseBag(0, [4, 2], options), options);
    expect(ranking).toBe(2);
    expect(numbers(pairLoss(prediction(0, [1]), prediction(0, [4, 2]), options)).ranking).toBeCloseTo(2, 6);
  });

  it('has no ranking loss beyond the margin, and no gradient of it', () => {
    const options = lossOptions({ bag: 0, instance: 0, ranking: 1, topK: 2 });
    const gradient = tf.grad((x: Tensor) => pairLoss(prediction(0, x as Tensor1D), prediction(0, [-3, -3]), options).total as Scalar)(tf.tensor1d([5, 4, 0]));
    expect(tf.max(tf.abs(gradient)).arraySync()).toBe(0);
  });

  it('gives the gradient of the highest instance to one of equals, as torch does', () => {
    const options = lossOptions({ bag: 0, instance: 1, ranking: 0 });
    const gradient = tf.grad((x: Tensor) => pairLoss(prediction(0, x as Tensor1D), prediction(0, [0]), options).total as Scalar)(tf.tensor1d([1, 3, 3, 2]));
    const [value] = (gradient.arraySync() as number[]).filter((each) => each !== 0);
    expect((gradient.arraySync() as number[]).filter((each) => each !== 0)).toHaveLength(1);
    expect(value).toBeCloseTo(-0.5 / (1 + Math.exp(3)), 6);
  });

  it('stays finite for logits no exponential survives', () => {
    const options = lossOptions();
    expect(pairLossOfLogits(summariseBag(-900, [-900], options), summariseBag(900, [900], options), options).bag).toBe(900);
  });

  it('scales both sides of the cross-entropies by posWeight, and nothing else', () => {
    const [once, twice] = [1, 2].map((posWeight) => {
      const options = lossOptions({ posWeight });
      return pairLossOfLogits(summariseBag(0.7, positive, options), summariseBag(-0.2, negative, options), options);
    });
    expect([twice.bag, twice.instance, twice.ranking]).toEqual([2 * once.bag, 2 * once.instance, once.ranking]);
  });

  it('averages over every pairing', () => {
    const options = lossOptions();
    const [a, b, c] = [summariseBag(1, [2], options), summariseBag(-1, [0], options), summariseBag(0, [1], options)];
    const mean = meanPairLoss([a, b], [c], options)!;
    expect(mean.total).toBeCloseTo((pairLossOfLogits(a, c, options).total + pairLossOfLogits(b, c, options).total) / 2, 12);
    expect(meanPairLoss([], [c], options)).toBeNull();
  });
});

/** Unit rows [2B, d]. */
function drawProjections(patches: number, size: number, seed: number): number[][] {
  const random = new Random(seed);
  return Array.from({ length: 2 * patches }, () => {
    const row = Array.from({ length: size }, () => random.normal());
    const length = Math.hypot(...row);
    return row.map((value) => value / length);
  });
}

/** The definition, sum by sum. */
function supconByDefinition(z: number[][], instance: number[], bag: number[], options: SupConOptions): number {
  const [y, b] = [[...instance, ...instance], [...bag, ...bag]];
  const similarity = (i: number, j: number) => z[i].reduce((sum, value, k) => sum + value * z[j][k], 0) / options.temperature;
  const kept = (i: number, j: number) => i !== j && !(options.maskUncertainNegatives && b[j] === 1 && y[j] === 0);
  const partner = (i: number, j: number) => kept(i, j) && y[i] === y[j] && (options.pairs === 'all' || y[i] === (options.pairs === 'positive' ? 1 : 0));
  let sum = 0;
  for (let i = 0; i < z.length; i++) {
    const contrasts = z.flatMap((_, j) => (kept(i, j) ? [Math.exp(similarity(i, j))] : []));
    const logs = z.flatMap((_, j) => (partner(i, j) ? [similarity(i, j) - Math.log(contrasts.reduce((a, c) => a + c, 0))] : []));
    if (logs.length > 0) sum -= logs.reduce((a, c) => a + c, 0) / logs.length;
  }
  return ((sum / z.length) * options.temperature) / 0.07;
}

describe('supcon', () => {
  const instance = [0, 0, 1, 0, 1, 0];
  const bag = [0, 1, 1, 0, 1, 1];
  const run = (z: number[][], options: SupConOptions, labels = { instance, bag }) =>
    tf.valueAndGrad((x: Tensor) => supconLoss(x as Tensor2D, { instance: tf.tensor1d(labels.instance), bag: tf.tensor1d(labels.bag) }, options))(tf.tensor2d(z));

  for (const pairs of ['all', 'positive', 'negative'] as const) {
    for (const maskUncertainNegatives of [false, true]) {
      it.each([0.07, 0.5])(`follows its definition: ${pairs}, masked ${maskUncertainNegatives}, temperature %d`, (temperature) => {
        const options = { pairs, maskUncertainNegatives, temperature };
        const z = drawProjections(6, 4, 11);
        expect(run(z, options).value.arraySync()).toBeCloseTo(supconByDefinition(z, instance, bag, options), 3);
      });
    }
  }

  it('is zero, gradient included, where nobody is an anchor', () => {
    const { value, grad } = run(drawProjections(6, 4, 2), { pairs: 'positive', maskUncertainNegatives: false, temperature: 0.07 }, { instance: [0, 0, 0, 0, 0, 0], bag });
    expect(value.arraySync()).toBeCloseTo(0, 10);
    expect(tf.max(tf.abs(grad)).arraySync()).toBe(0);
  });

  it('stays finite where every other row is masked', () => {
    const { value, grad } = run(drawProjections(2, 4, 2), { pairs: 'all', maskUncertainNegatives: true, temperature: 0.07 }, { instance: [0, 0], bag: [1, 1] });
    expect(value.arraySync()).toBeCloseTo(0, 10);
    expect((tf.isNaN(grad).any() as Tensor).arraySync()).toBe(0);
  });

  it('survives a temperature at which exponentials of similarities overflow', () => {
    const options = { pairs: 'negative', maskUncertainNegatives: true, temperature: 0.005 } as const;
    const z = drawProjections(6, 4, 3);
    expect(run(z, options).value.arraySync()).toBeCloseTo(supconByDefinition(z, instance, bag, options), 3);
  });
});

describe('NT-Xent', () => {
  it('is SupCon with a class for every patch, at its base temperature', () => {
    const z = drawProjections(5, 8, 4);
    const similarity = (i: number, j: number) => z[i].reduce((sum, value, k) => sum + value * z[j][k], 0) / 0.07;
    const expected = z.reduce((sum, _, i) => {
      const contrast = z.reduce((total, _row, j) => (j === i ? total : total + Math.exp(similarity(i, j))), 0);
      return sum + Math.log(contrast) - similarity(i, (i + 5) % 10);
    }, 0);
    expect(ntXentLoss(tf.tensor2d(z), 0.07).arraySync()).toBeCloseTo(expected / 10, 4);
  });
});

describe('class pair loss', () => {
  const labelled = (bagLogits: number[], instanceLogits: number[][], label: number[]) => ({
    prediction: { bagLogits: tf.tensor1d(bagLogits), instanceLogits: tf.tensor2d(instanceLogits), attention: tf.zeros([1, 1]) as Tensor2D, bagEmbedding: tf.zeros([1]) as Tensor1D },
    label: tf.tensor1d(label),
  });

  it.each([lossOptions(), lossOptions({ topK: 2, margin: 4, posWeight: 2 }), lossOptions({ scoreSpace: 'probability', topK: 3 })])('is the pair loss where there is one class: %j', (options) => {
    const [positive, negative] = [[2.5, -1, 0.5], [0.1, -2]];
    const one = numbers(pairLoss(prediction(0.7, positive), prediction(-0.2, negative), options));
    const same = numbers(classPairLoss(labelled([0.7], positive.map((x) => [x]), [1]), labelled([-0.2], negative.map((x) => [x]), [0]), options));
    for (const [name, value] of Object.entries(one)) expect(same[name], name).toBeCloseTo(value, 5);
  });

  it('ranks the bag that has a class above the one that has not, and leaves alone what both have', () => {
    const options = lossOptions({ bag: 0, instance: 0, ranking: 1, topK: 1, margin: 1 });
    const first = labelled([0, 0, 0], [[2, 0, 9]], [1, 0, 1]);
    const second = labelled([0, 0, 0], [[1.5, 3, -9]], [0, 1, 1]);
    // Class 0 falls short by 1 − (2 − 1.5), class 1 keeps its margin, class 2 is in both.
    expect(numbers(classPairLoss(first, second, options)).ranking).toBeCloseTo(0.25, 6);
    expect(numbers(classPairLoss(second, first, options)).ranking).toBeCloseTo(0.25, 6);
  });
});
