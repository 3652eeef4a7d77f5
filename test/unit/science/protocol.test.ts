import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/contract.js';
import { createOnnxEngine } from '../../../src/engine/onnx/index.js';
import { Random } from '../../../src/shared/random.js';
import { denseLayers, publishedNetwork } from '../../science/networks/index.js';
import type { Bag, Recipe } from '../../science/problems/problem.js';
import { fitter, type ScoredPart } from '../../science/protocol/fit.js';
import { withShuffledLabels } from '../../science/protocol/control.js';
import { designOf, partsOf, stratifiedFolds } from '../../science/protocol/folds.js';
import { ranked } from '../../science/protocol/ranks.js';
import { outcomeOf } from '../../science/protocol/selection.js';
import { standardise } from '../../science/protocol/standardise.js';
import { rowOf } from '../../science/results/table.js';

const folds = 6;
const size = 4;

describe('folds', () => {
  const labels = Array.from({ length: 47 }, (_, i) => (i % 3 === 0 ? 1 : 0));
  const foldOf = stratifiedFolds(labels, folds, new Random(3));

  it.each([1, 2, 3, 4, 5])('leaves every fold out of %i networks, each time beside another', (networks) => {
    const design = designOf(folds, networks);
    for (let fold = 0; fold < folds; fold++) {
      const beside = design.flatMap(([a, b]) => (a === fold ? [b] : b === fold ? [a] : []));
      expect(new Set(beside).size).toBe(networks);
      expect(beside).toHaveLength(networks);
      expect(beside).not.toContain(fold);
    }
  });

  it('gives each bag to one part of a network', () => {
    const items = labels.map((_, i) => i);
    for (const leftOut of designOf(folds, 3)) {
      const { train, validation, test } = partsOf(items, foldOf, leftOut);
      expect([...train, ...validation, ...test].toSorted((a, b) => a - b)).toEqual(items);
      expect(new Set([...test, ...validation].map((i) => foldOf[i]))).toEqual(new Set(leftOut));
    }
  });

  it('holds both classes in every fold in like numbers', () => {
    for (const label of [0, 1]) {
      const counts = Array.from({ length: folds }, (_, fold) => labels.filter((own, i) => own === label && foldOf[i] === fold).length);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  });

  it('draws others with another seed and the same with the same', () => {
    expect(stratifiedFolds(labels, folds, new Random(3))).toEqual(foldOf);
    expect(stratifiedFolds(labels, folds, new Random(4))).not.toEqual(foldOf);
  });
});

describe('standardisation', () => {
  const bag = (id: string, rows: number[][]): Bag => ({ id, label: 0, instances: Float32Array.from(rows.flat()), size: 2 });
  const train = [bag('a', [[1, 0.1], [2, 0.1]]), bag('b', [[3, 0.1]])];

  it('learns from the training bags alone', () => {
    const near = standardise({ train, validation: [bag('v', [[2, 0.1]])], test: [bag('t', [[4, 0.1]])] });
    const far = standardise({ train, validation: [bag('v', [[900, 5]])], test: [bag('t', [[-900, 5]])] });
    expect(far.train).toEqual(near.train);
    const values = near.train.flatMap(({ instances }) => [...instances].filter((_, i) => i % 2 === 0));
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 6);
    expect(values.reduce((sum, value) => sum + value ** 2, 0) / 3).toBeCloseTo(1, 6);
    expect(near.test[0]!.instances[0]).toBeCloseTo(2 / Math.sqrt(2 / 3), 5);
  });

  it('makes nothing of a feature that varies by rounding only, even where test differs', () => {
    expect([...standardise({ train, validation: [], test: [bag('t', [[2, 7]])] }).test[0]!.instances]).toEqual([0, 0]);
  });
});

describe('ranks', () => {
  const bag = (id: string, values: number[]): Bag => ({ id, label: 0, instances: Float32Array.from(values), size: 1 });

  it('are those among the training instances, whatever the distances', () => {
    const { train, test } = ranked({ train: [bag('a', [1, 2]), bag('b', [1e6, 3])], validation: [], test: [bag('t', [-5, 2.5, 1e9])] });
    const spread = [0.125, 0.375, 0.875, 0.625].map((share) => (share - 0.5) * Math.sqrt(12));
    for (const [i, value] of train.flatMap(({ instances }) => [...instances]).entries()) expect(value).toBeCloseTo(spread[i]!, 6);
    expect([...test[0]!.instances].map((value) => Number(value.toFixed(5)))).toEqual([-1.73205, 0, 1.73205]);
  });

  it('are shared by equal values, so that a feature that never varies is 0', () => {
    expect([...ranked({ train: [bag('a', [4, 4, 4])], validation: [], test: [] }).train[0]!.instances]).toEqual([0, 0, 0]);
  });
});

describe('the control', () => {
  it('deals the same labels anew, the same to all networks of a repeat', () => {
    const bags = Array.from({ length: 60 }, (_, i): Bag => ({ id: `${i}`, label: i < 40 ? 1 : 0, instances: Float32Array.of(i), size: 1 }));
    const foldOf = bags.map((_, i) => i % folds);
    const dealt = designOf(folds, 2).map((leftOut) => {
      const { train, validation, test } = withShuffledLabels(partsOf(bags, foldOf, leftOut), new Random(1));
      return new Map([...train, ...validation, ...test].map(({ id, label }) => [id, label]));
    });
    const labels = bags.map(({ id }) => dealt[0]!.get(id)!);
    expect(labels.filter((label) => label === 1)).toHaveLength(40);
    expect(labels).not.toEqual(bags.map(({ label }) => label));
    for (const other of dealt) expect(bags.map(({ id }) => other.get(id))).toEqual(labels);
  });
});

describe('selection', () => {
  const part = (...logits: number[][]): ScoredPart => ({ labels: [1, 0], logits });
  const right = [3, -3];
  const wrong = [-3, 3];

  it('takes the epoch from validation, and the oracle takes it from test', () => {
    const { selected, last, oracle } = outcomeOf([{ test: part(wrong, right, wrong), validation: part(right, wrong, wrong) }]);
    expect([selected.accuracy, last.accuracy, oracle.accuracy]).toEqual([0, 0, 1]);
  });

  it('does not move with the test bags', () => {
    const validation = part(wrong, wrong, right, right, right);
    expect(outcomeOf([{ test: part(right, right, right, wrong, right), validation }]).selected.accuracy).toBe(0);
    expect(outcomeOf([{ test: part(wrong, wrong, wrong, right, wrong), validation }]).selected.accuracy).toBe(1);
  });

  it('counts the bags of all networks together, and does not trust one lucky epoch', () => {
    const curve = { test: part(wrong, wrong, wrong, wrong, wrong, right, wrong), validation: part(wrong, right, wrong, wrong, right, right, right) };
    expect(outcomeOf([curve, curve]).selected.accuracy).toBe(1);
  });

  it('lets the loss decide between epochs with as many errors', () => {
    const unsure = [0.1, -0.1];
    expect(outcomeOf([{ test: part(wrong, wrong, wrong, right), validation: part(unsure, unsure, right, right) }]).selected.accuracy).toBe(1);
  });

  it('lets the networks of a fold vote, and tells what each had alone', () => {
    const validation = part(right);
    const { selected, single } = outcomeOf([right, right, [-0.1, 0.1]].map((logits) => ({ test: part(logits), validation })));
    expect([selected.accuracy, single.accuracy]).toEqual([1, 2 / 3]);
  });
});

describe('the whole protocol', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createOnnxEngine({ threads: 1, reason: '' });
  });

  const recipe: Recipe = { optimizer: { kind: 'adam' }, learningRate: 5e-3, epochs: 6, scoreEvery: 1, dropout: 0, source: '' };

  /** Bags of noise; one instance of a positive bag lies elsewhere, as far as `signal` says. */
  function bagsWith(signal: number, seed: number): Bag[] {
    const random = new Random(seed);
    return Array.from({ length: 60 }, (_, i) => {
      const label = (i % 2) as 0 | 1;
      const instances = Float32Array.from({ length: 5 * size }, () => random.normal());
      if (label) instances[random.integer(5) * size] += signal;
      return { id: String(i), label, instances, size };
    });
  }

  async function aurocOf(bags: readonly Bag[], seed: number): Promise<number> {
    const foldOf = stratifiedFolds(bags.map(({ label }) => label), folds, new Random(seed));
    const network = publishedNetwork('abmil', { dense: [8], attention: 8, dropout: 0 }, (dense) => ({ inputs: size, ...denseLayers(size, dense, 0) }));
    const fit = fitter(engine, { network, recipe });
    const design = designOf(folds, 2);
    const results = [];
    for (const [network, leftOut] of design.entries()) {
      const curve = await fit(standardise(partsOf(bags, foldOf, leftOut)), new Random(seed).fork(`network/${network}`));
      results.push({ seed, network, seconds: 0, curve });
    }
    return rowOf('abmil', results, { design }).repeats[0]!.selected.auroc;
  }

  it('finds a planted signal', async () => {
    expect(await aurocOf(bagsWith(6, 1), 1)).toBeGreaterThan(0.9);
  });

  it('finds nothing where there is nothing', async () => {
    const all = [];
    for (const seed of [1, 2, 3, 4]) all.push(await aurocOf(bagsWith(0, seed), seed));
    // 240 bags without signal: the standard error of the mean is about .04.
    expect(Math.abs(all.reduce((sum, value) => sum + value, 0) / all.length - 0.5)).toBeLessThan(0.15);
  });
});
