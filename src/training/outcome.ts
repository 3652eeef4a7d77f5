import type { Bank } from '../mining/index.js';
import type { BankTable, ScoreTable } from '../shared/run/parquet.js';
import type { SlidePrediction } from '../shared/run/predictions.js';
import { roles, type Role } from '../shared/run/tables.js';
import { ofOutput, ranks, type BagScores } from './scores.js';

/** Roles of all scored patches, in order; the bank's indices count the training bags, which come first. */
export function rolesOf(total: number, bank: Bank): Uint8Array {
  const role = new Uint8Array(total);
  for (const patch of bank.positives) role[patch] = roles.indexOf('positive');
  for (const patch of bank.hardNegatives) role[patch] = roles.indexOf('hard-negative');
  return role;
}

/** The bank that roles tell of. */
export function bankOf(role: ArrayLike<string>): Bank {
  const chosen = (wanted: Role) => Int32Array.from(Array.from({ length: role.length }, (_, i) => i).filter((i) => role[i] === wanted));
  return { positives: chosen('positive'), hardNegatives: chosen('hard-negative') };
}

/** What the slides of a round are predicted to be. */
export function predictionsOf(scored: readonly BagScores[]): SlidePrediction[] {
  return scored.map((scores) => {
    const { bag, probability, classes } = scores;
    const ofClasses = classes && { classes: [...bag.classes], probabilities: Array.from(classes.bagLogits, (_, output) => ofOutput(scores, output).probability) };
    return { slide: bag.id, patient: bag.patient, split: bag.split, label: bag.label, probability, ...ofClasses };
  });
}

/** Columns of `scores.parquet`; rows without coordinates have x, y and size NaN. */
export function scoreTable(scored: readonly BagScores[], role: Uint8Array): ScoreTable {
  const total = scored.reduce((sum, { scores }) => sum + scores.length, 0);
  const table: ScoreTable = {
    slide: new Array<string>(total),
    split: new Array<string>(total),
    label: new Int32Array(total),
    x: new Float64Array(total).fill(NaN),
    y: new Float64Array(total).fill(NaN),
    size: new Float64Array(total).fill(NaN),
    score: new Float32Array(total),
    logit: new Float32Array(total),
    attention: new Float32Array(total),
    rank: new Int32Array(total),
    role: Array.from({ length: total }, (_, i) => roles[role[i] ?? 0]!),
    truth: new Int32Array(total).fill(-1),
  };
  let at = 0;
  for (const { bag, scores, logits, attention } of scored) {
    const end = at + scores.length;
    table.slide.fill(bag.id, at, end);
    table.split.fill(bag.split, at, end);
    table.label.fill(bag.label, at, end);
    if (bag.coords) {
      table.x.set(bag.coords.x, at);
      table.y.set(bag.coords.y, at);
      table.size.fill(bag.coords.size0, at, end);
    }
    table.score.set(scores, at);
    table.logit.set(logits, at);
    table.attention.set(attention, at);
    table.rank.set(ranks(scores), at);
    if (bag.truth) table.truth.set(bag.truth, at);
    at = end;
  }
  return table;
}

/** Columns of `bank.parquet`: the mined rows of the score table, highest scores first. */
export function bankTable(scores: ScoreTable, bank: Bank, previous: Bank | undefined): BankTable {
  const known = new Set([...(previous?.positives ?? []), ...(previous?.hardNegatives ?? [])]);
  const rows = [...bank.positives, ...bank.hardNegatives].sort((a, b) => scores.score[b]! - scores.score[a]! || a - b);
  return {
    slide: rows.map((row) => scores.slide[row]!),
    x: Float64Array.from(rows, (row) => scores.x[row]!),
    y: Float64Array.from(rows, (row) => scores.y[row]!),
    size: Float64Array.from(rows, (row) => scores.size[row]!),
    score: Float32Array.from(rows, (row) => scores.score[row]!),
    rank: Int32Array.from(rows, (row) => scores.rank[row]!),
    role: rows.map((row) => scores.role[row]!),
    change: rows.map((row) => (known.has(row) ? 'kept' : 'new')),
    truth: Int32Array.from(rows, (row) => scores.truth[row]!),
  };
}
