import type { RunResult } from '../shared/run/metrics.js';
import { resultRows } from '../shared/run/result-rows.js';
import { claims, oracleHead } from './oracle.js';
import type { RunRecord } from './record.js';

/** A table as any medium shows it. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The result, validation first; with the oracle's claims and their gap behind it where somebody asked for them. */
export function resultTable(result: RunResult, record: Pick<RunRecord, 'oracle'>): Table {
  const oracle = claims(record, result);
  const head = ['Metric', 'Validation (chose the model)', testHead(result), ...(result.heldOut ? ['Held out (looked at once)'] : [])];
  const rows = resultRows(result).map(({ label, validation, test, heldOut }) => [label, validation, test, ...(result.heldOut ? [heldOut ?? ''] : [])]);
  if (!oracle) return { head, rows };
  return {
    head: [...head, oracleHead, 'Gap'],
    rows: rows.map((row) => {
      const claim = oracle.find(({ label }) => label === row[0]);
      return [...row, claim?.text ?? '', claim?.gap ?? ''];
    }),
  };
}

/** Why there is no result. */
export function noResult({ experiment, rounds }: RunRecord): string {
  const looked = experiment.evaluation.oracle ? 'What test is scored at after each epoch is not told before that.' : 'The test slides have not been looked at.';
  return `There is no result yet: ${rounds.length} of ${experiment.mining.rounds} rounds are complete. ${looked}`;
}

function testHead({ oracle }: RunResult): string {
  return oracle ? 'Test (chose nothing)' : 'Test (looked at once)';
}
