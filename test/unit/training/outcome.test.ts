import { describe, expect, it } from 'vitest';
import type { Bag } from '../../../src/training/bag.js';
import { bankOf, bankTable, rolesOf, scoreTable } from '../../../src/training/outcome.js';
import { ranks, type BagScores } from '../../../src/training/scores.js';

function scored(id: string, label: 0 | 1, scores: number[], coords = true): BagScores {
  const bag: Bag = {
    id,
    path: '',
    label,
    classes: label === 1 ? [0] : [],
    patient: id,
    mpp: undefined,
    line: 1,
    split: 'train',
    hash: id,
    count: scores.length,
    coords: coords ? { x: Float64Array.from(scores, (_, i) => 10.5 * i), y: Float64Array.from(scores, () => 3), size0: 10.5 } : undefined,
    truth: label === 1 ? Int8Array.from(scores, (score) => (score > 0.5 ? 1 : 0)) : undefined,
  };
  const logits = Float32Array.from(scores, (p) => Math.log(p / (1 - p)));
  return { bag, bagLogit: 0, probability: 0.5, logits, scores: Float32Array.from(scores), attention: new Float32Array(scores.length).fill(1 / scores.length) };
}

describe('the tables of a round', () => {
  const slides = [scored('a', 1, [0.2, 0.9, 0.6]), scored('b', 0, [0.8, 0.1])];
  const bank = { positives: Int32Array.of(1, 2), hardNegatives: Int32Array.of(3) };

  it('rank within the slide, highest first, equals in order', () => {
    expect([...ranks(Float32Array.of(0.5, 0.9, 0.5, 0.1))]).toEqual([2, 1, 3, 4]);
  });

  it('carry exact level-0 places, roles and truth', () => {
    const table = scoreTable(slides, rolesOf(5, bank));
    expect(table.slide).toEqual(['a', 'a', 'a', 'b', 'b']);
    expect([...table.x]).toEqual([0, 10.5, 21, 0, 10.5]);
    expect([...table.size]).toEqual([10.5, 10.5, 10.5, 10.5, 10.5]);
    expect([...table.rank]).toEqual([3, 1, 2, 1, 2]);
    expect(table.role).toEqual(['none', 'positive', 'positive', 'hard-negative', 'none']);
    expect([...table.truth]).toEqual([0, 1, 1, -1, -1]);
  });

  it('never invent a place', () => {
    const table = scoreTable([scored('c', 0, [0.4], false)], new Uint8Array(1));
    expect([...table.x, ...table.y, ...table.size].every(Number.isNaN)).toBe(true);
  });

  it('give the bank back from the roles', () => {
    expect(bankOf(scoreTable(slides, rolesOf(5, bank)).role)).toEqual(bank);
  });

  it('list the bank by score and say what is new', () => {
    const table = bankTable(scoreTable(slides, rolesOf(5, bank)), bank, { positives: Int32Array.of(1), hardNegatives: Int32Array.of(4) });
    expect(table.slide).toEqual(['a', 'b', 'a']);
    expect(table.change).toEqual(['kept', 'new', 'new']);
    expect([...table.score].every((score, i, all) => i === 0 || score <= all[i - 1]!)).toBe(true);
  });
});
