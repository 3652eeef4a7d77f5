import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { tf } from '../../../src/engine/tfjs.js';
import { createAggregator } from '../../../src/mil/aggregators/index.js';
import { bagLoss, type LabelKind } from '../../../src/mil/losses/index.js';
import { Random } from '../../../src/shared/random.js';
import type { AggregatorOptions } from '../../../src/shared/experiment/index.js';
import { aggregatorSchema } from '../../../src/shared/experiment/model.js';
import { cpuEngine, extrasFor } from './support.js';

/** What test/golden/aggregators/make.py computed in float64. */
interface GoldenCase {
  readonly kind: AggregatorOptions['kind'];
  readonly options: object;
  readonly labels: LabelKind;
  readonly label: readonly number[];
  readonly instances: number;
  readonly masked?: readonly (readonly number[])[];
  readonly bagLogits: readonly number[];
  readonly instanceLogits: readonly number[];
  readonly attention: readonly number[];
  readonly loss: number;
  /** Sum of squares of each gradient, and its product with a wave. */
  readonly gradients: Readonly<Record<string, readonly [number, number]>>;
}

const golden = JSON.parse(readFileSync(fileURLToPath(new URL('../../golden/aggregators/aggregators.json', import.meta.url)), 'utf8')) as { readonly sizes: { readonly featureSize: number }; readonly cases: readonly GoldenCase[] };
const { featureSize, ...sizes } = golden.sizes;

beforeAll(cpuEngine);

/** Parameters and bags, as the script computes them. */
function numbers(shape: readonly number[], key: number, scale: number): Tensor {
  const count = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(Float32Array.from({ length: count }, (_, i) => scale * Math.sin(0.37 * (i + 1) ** 2 + 0.9 * key)), shape.slice());
}

function expectClose(what: string, actual: Tensor | readonly number[], expected: readonly number[], tolerance = 1e-4): void {
  const values = Array.isArray(actual) ? (actual as readonly number[]) : Array.from((actual as Tensor).dataSync());
  expect(values, what).toHaveLength(expected.length);
  const scale = Math.max(1, ...expected.map(Math.abs));
  expect(Math.max(...values.map((value, i) => Math.abs(value - expected[i]!))) / scale, what).toBeLessThan(tolerance);
}

describe.each(golden.cases)('$kind $options of labels $labels $label and $instances instances', (entry) => {
  it('computes what the formulas of its paper give', () => {
    const { kind, labels, label, instances, masked } = entry;
    const aggregator = createAggregator(aggregatorSchema.parse({ ...sizes, kind, ...entry.options }), featureSize, label.length, labels);
    const drawn = aggregator.initialise(new Random(1));
    const names = Object.keys(drawn).sort();
    const parameters = names.map((name, key) => numbers(drawn[name]!.shape, key, 0.7));
    const bag = numbers([instances, featureSize], 100 + instances, 1.5) as Tensor2D;
    const named = (tensors: readonly unknown[]) => Object.fromEntries(names.map((name, i) => [name, tensors[i] as Tensor]));

    const scoring = extrasFor(aggregator.scoringExtras, instances);
    const scored = aggregator.forward(bag, named(parameters), scoring);
    expectClose('bag logits', scored.bagLogits, entry.bagLogits);
    expectClose('instance logits', scored.instanceLogits, entry.instanceLogits);
    expectClose('attention', scored.attention, entry.attention);

    // What is drawn by chance is here what the script took.
    const training = { ...extrasFor(aggregator.trainingExtras, instances), ...scoring };
    if (masked) training['masked'] = tf.tensor2d(masked.map((ranks) => Array.from({ length: training['masked']!.shape[1]! }, (_, rank) => Number(ranks.includes(rank)))));
    const y = tf.tensor1d(label.slice());
    const loss = (...given: unknown[]): Scalar => {
      const { bagLogits, auxiliary } = aggregator.forward(bag, named(given), training, { label: y });
      const ofBag = bagLoss(bagLogits, y, labels);
      // DSMIL's instance classifier has no part in the bag loss: let its gradient be zero, not missing.
      const untouched = tf.mul(tf.addN(given.map((tensor) => tf.sum(tensor as Tensor))), 0);
      return tf.addN([ofBag, untouched, ...(auxiliary ? [auxiliary] : [])]) as Scalar;
    };
    const { value, grads } = tf.valueAndGrads(loss)(parameters);
    expectClose('loss', value, [entry.loss]);
    expect(names).toEqual(Object.keys(entry.gradients));
    names.forEach((name, i) => {
      const gradient = Array.from(grads[i]!.dataSync());
      const wave = gradient.reduce((sum, slope, at) => sum + slope * Math.sin(3 * at + 1), 0);
      expectClose(`gradient of ${name}`, [gradient.reduce((sum, slope) => sum + slope ** 2, 0), wave], entry.gradients[name]!, 1e-3);
    });
  });
});
