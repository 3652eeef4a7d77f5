import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/contract.js';
import { renderSelftest, runSelftest, verdictOfAll } from '../../../src/host/selftest/index.js';
import { drawBags, featureSize, problems } from '../../../src/host/selftest/problems.js';
import { Random } from '../../../src/shared/random.js';
import { cpuEngine } from '../mil/support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await cpuEngine();
});

/** Means of the instances of each bag. */
const means = (problem: string, flipped: boolean) =>
  drawBags(problems.find(({ name }) => name === problem)!, 40, flipped, new Random(3)).map(({ bag, label }) => ({
    label,
    means: Array.from({ length: bag.shape[0]! }, (_, row) => Array.from(bag.data.slice(row * featureSize, (row + 1) * featureSize)).reduce((a, b) => a + b, 0) / featureSize),
  }));
const near = (value: number, mean: number) => Math.abs(value - mean) < 0.2;

describe('problems', () => {
  it.each(['single-concept', 'multi-concept'])('%s poisons negative bags in training and positive bags in the flipped test', (problem) => {
    for (const flipped of [false, true]) {
      for (const { label, means: ofBag } of means(problem, flipped)) expect(ofBag.filter((mean) => near(mean, -10))).toHaveLength(label === Number(flipped) ? 1 : 0);
    }
  });

  it.each(['multi-concept', 'false-frequency'])('%s has both concepts in positive bags alone', (problem) => {
    for (const flipped of [false, true]) {
      for (const { label, means: ofBag } of means(problem, flipped)) {
        const held = [2, 3].filter((concept) => ofBag.some((mean) => near(mean, concept)));
        expect(held).toHaveLength(label === 1 ? 2 : 1);
      }
    }
  });

  it('false-frequency has dozens of one concept in flipped negative bags', () => {
    for (const { label, means: ofBag } of means('false-frequency', true)) {
      const count = ofBag.filter((mean) => near(mean, 2) || near(mean, 3)).length;
      if (label === 0) expect(count).toBeGreaterThanOrEqual(35);
      else expect(count).toBe(2);
    }
  });
});

it('finds that mean pooling learns what a bag lacks, and says so the same twice', async () => {
  const run = () => runSelftest(engine, [{ kind: 'mean', loss: 'bag' }, { kind: 'max', loss: 'bag' }], { seed: 2, seeds: 1, bags: 60, epochs: 12 });
  const report = await run();
  const of = (kind: string, problem: string) => report.results.find((result) => result.kind === kind && result.problem === problem)!;
  expect(of('mean', 'single-concept').verdict).toBe('fails');
  expect(of('mean', 'single-concept').alike).toBeGreaterThan(0.9);
  expect(of('max', 'single-concept').flipped).toBeGreaterThan(of('mean', 'single-concept').flipped);
  expect(renderSelftest(report)).toMatch(/mean .*FAILS/);
  expect((await run()).results).toEqual(report.results);
});

it('repeats with further seeds, the first as alone, and fails where any does', async () => {
  const subjects = [{ kind: 'mean', loss: 'bag' }] as const;
  const [one, two] = [await runSelftest(engine, subjects, { seed: 2, seeds: 1, bags: 20, epochs: 1 }), await runSelftest(engine, subjects, { seed: 2, seeds: 2, bags: 20, epochs: 1 })];
  expect(two.results.filter(({ seed }) => seed === 2)).toEqual(one.results);
  expect(two.results.map(({ seed }) => seed)).toEqual([2, 3, 2, 3, 2, 3]);
  expect(renderSelftest(two)).toContain('seeds 2 to 3: mean (lowest–highest)');
  const results = [{ ...one.results[0]!, alike: 0.9, flipped: 0.8, verdict: 'respects' }, { ...one.results[0]!, seed: 3, alike: 0.7, flipped: 0.4, verdict: 'fails' }] as const;
  expect(renderSelftest({ ...two, results: problems.flatMap(({ name }) => results.map((result) => ({ ...result, problem: name }))) })).toContain('0.80 (0.70–0.90) → 0.60 (0.40–0.80) FAILS in 1 of 2');
  expect(verdictOfAll([{ verdict: 'respects' }, { verdict: 'unclear' }])).toBe('unclear');
});
