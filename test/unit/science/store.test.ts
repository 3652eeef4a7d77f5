import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ResultStore, type NetworkResult } from '../../science/results/store.js';

const part = { labels: [1, 0], logits: [[1, -1]] };
const result = (network: number): NetworkResult => ({ seed: 1, network, seconds: 2, curve: { validation: part, test: part } });
const problem = { name: 'musk1', version: 1, recipe: { optimizer: { kind: 'sgd' as const }, learningRate: 0.1, epochs: 1, scoreEvery: 1, dropout: 0, source: 'a paper' } };
let folder: string;

beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'hardmine-science-'))));
afterEach(() => rmSync(folder, { recursive: true }));

it('goes on behind half a line that a stopped run left', () => {
  const store = new ResultStore(folder, problem, 'abmil');
  store.append(result(0));
  appendFileSync(path.join(folder, readdirSync(folder)[0]!), JSON.stringify(result(1)).slice(0, -9));
  expect(store.read()).toEqual([result(0)]);
  store.append(result(2));
  expect(store.read()).toEqual([result(0), result(2)]);
});

it('never takes results of another recipe or version for its own', () => {
  new ResultStore(folder, problem, 'abmil').append(result(0));
  expect(new ResultStore(folder, { ...problem, version: 2 }, 'abmil').read()).toEqual([]);
  expect(new ResultStore(folder, { ...problem, recipe: { ...problem.recipe, learningRate: 0.2 } }, 'abmil').read()).toEqual([]);
  expect(new ResultStore(folder, { ...problem, recipe: { ...problem.recipe, source: 'told otherwise' } }, 'abmil').read()).toEqual([result(0)]);
});
