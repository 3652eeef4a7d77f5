import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { runFiles } from './layout.js';

const value = z.number().nullable();

/** A line of `oracle.jsonl`: the test slides after an epoch, at the threshold that test itself chose. */
export const oracleEpochSchema = z.object({ round: z.int(), epoch: z.int(), threshold: z.number(), auroc: value, averagePrecision: value, accuracy: value, balancedAccuracy: value, f1: value, brier: value });
export type OracleEpoch = z.output<typeof oracleEpochSchema>;

/** The epochs of a run that looked at test after each; undefined where it did not. An epoch that a resumed run repeated counts as it was last. */
export function readOracle(run: string): OracleEpoch[] | undefined {
  const file = join(run, runFiles.oracle);
  if (!existsSync(file)) return undefined;
  const epochs = new Map<string, OracleEpoch>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const epoch = parseLine(line);
    if (epoch) epochs.set(`${epoch.round}/${epoch.epoch}`, epoch);
  }
  return [...epochs.values()].sort((a, b) => a.round - b.round || a.epoch - b.epoch);
}

/** A line that a crash tore is none. */
function parseLine(line: string): OracleEpoch | undefined {
  try {
    return oracleEpochSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
