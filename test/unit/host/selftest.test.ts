import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/contract.js';
import { renderSelftest, runSelftest } from '../../../src/host/selftest/index.js';
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
  const run = () => runSelftest(engine, [{ kind: 'mean', loss: 'bag' }, { kind: 'max', loss: 'bag' }], { seed: 2, bags: 60, epochs: 12 });
  const report = await run();
  const of = (kind: string, problem: string) => report.results.find((result) => result.kind === kind && result.problem === problem)!;
  expect(of('mean', 'single-concept').verdict).toBe('fails');
  expect(of('mean', 'single-concept').alike).toBeGreaterThan(0.9);
  expect(of('max', 'single-concept').flipped).toBeGreaterThan(of('mean', 'single-concept').flipped);
  expect(renderSelftest(report)).toMatch(/mean .*FAILS/);
  expect((await run()).results).toEqual(report.results);
});
