import path from 'node:path';
import { loadTruth } from '../../../src/cohort/truth/load.js';
import type { TruthOptions } from '../../../src/shared/experiment/index.js';
import { readBank, readScores } from '../../../src/training/tables.js';
import { roundFiles, roundFolder, runFiles } from '../../../src/shared/run/layout.js';
import { readResult, readRounds } from '../../../src/shared/run/read.js';

/** What one run came to; all but `byPatch` and the mined are measured on test slides, once. */
export interface Outcome {
  readonly slideAuroc: number;
  readonly patchAuroc: number;
  readonly patchPrecision: number;
  /** Share of the patches of negative slides that score as high as the lowest of the best 80 % of true patches: false alarms at equal sensitivity. */
  readonly falseAlarms: number;
  /** Validation AUROC by the highest patch alone, of the round that was chosen. */
  readonly byPatch: number;
  /** Of the last bank: share of positives that are, and of hard negatives that are of the kind that is known to be hard. */
  readonly truePositives: number;
  readonly knownHard: number;
  /** Wall time of a round and of its fine-tuning, seconds; of rounds after the first where there are any. */
  readonly round: number;
  readonly finetune: number;
}

/** Reads a finished run. @param hard annotations that are known hard negatives, with absolute paths; undefined where none are known. */
export async function outcomeOf(run: string, hard: TruthOptions | undefined): Promise<Outcome> {
  const result = readResult(run)!;
  const rounds = readRounds(run).map(({ metrics }) => metrics);
  const later = rounds.length > 1 ? rounds.slice(1) : rounds;
  const seconds = (of: (milliseconds: Readonly<Record<string, number>>) => number) => later.reduce((sum, { milliseconds }) => sum + of(milliseconds) / 1000, 0) / later.length;
  const last = rounds.at(-1)!;
  return {
    slideAuroc: result.test.auroc.value!,
    patchAuroc: result.instance!.test.auroc.value!,
    patchPrecision: result.instance!.test.averagePrecision.value!,
    falseAlarms: await falseAlarmsAt(0.8, path.join(run, runFiles.testScores)),
    byPatch: rounds.find(({ round }) => round === result.selectedRound)?.highestPatchAuroc ?? NaN,
    truePositives: last.mining?.positivePrecision ?? NaN,
    knownHard: hard ? await knownHardShare(path.join(run, roundFolder(last.round), roundFiles.bank), hard) : NaN,
    round: seconds((milliseconds) => Object.values(milliseconds).reduce((a, b) => a + b, 0)),
    finetune: seconds(({ finetune = 0 }) => finetune),
  };
}

/** Share of the patches of negative slides called positive where `sensitivity` of the true patches are found. */
async function falseAlarmsAt(sensitivity: number, scoresFile: string): Promise<number> {
  const { logit, truth, label } = await readScores(scoresFile);
  const rows = [...logit.keys()];
  const found = rows.filter((row) => truth[row] === 1).map((row) => logit[row]!).sort((a, b) => b - a);
  const threshold = found[Math.ceil(sensitivity * found.length) - 1]!;
  const negative = rows.filter((row) => label[row] === 0);
  return negative.filter((row) => logit[row]! >= threshold).length / negative.length;
}

/** Share of the bank's hard negatives that are annotated as such. */
async function knownHardShare(bankFile: string, hard: TruthOptions): Promise<number> {
  const truth = await loadTruth(hard, path.dirname(bankFile));
  const { slide, role, x, y, size } = await readBank(bankFile);
  const rows = [...role.keys()].filter((row) => role[row] === 'hard-negative');
  const isHard = (row: number): boolean => truth.forSlide(slide[row]!, { x: x.subarray(row, row + 1), y: y.subarray(row, row + 1), size0: size[row]! })[0] === 1;
  return rows.filter(isHard).length / rows.length;
}
