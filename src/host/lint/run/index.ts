import type { Diagnostic } from '../../../shared/diagnostics.js';
import type { Experiment } from '../../../shared/experiment/index.js';
import { lintRules } from '../../../shared/lint/rules.js';
import { withoutSilenced } from '../../../shared/lint/silence.js';
import { attentionCollapsed } from './attention-collapsed.js';
import { aurocBelowHalf } from './auroc-below-half.js';
import type { LintedRun, RunRule } from './contract.js';
import { fineTuningShort } from './fine-tuning-short.js';
import { patchScoresUninformative } from './patch-scores-uninformative.js';
import { pseudoLabelsStalled } from './pseudo-labels-stalled.js';
import { rankingLossDead } from './ranking-loss-dead.js';
import { readLintedRun } from './read.js';
import { testTooSmallForResult } from './test-too-small.js';

/** The rules about a run. */
export const runRules: readonly RunRule[] = [aurocBelowHalf, attentionCollapsed, rankingLossDead, patchScoresUninformative, pseudoLabelsStalled, fineTuningShort, testTooSmallForResult];

/** What the rules have against a run folder, silenced ones left out. @throws HardmineError `run-damaged`. */
export async function lintRunFolder(folder: string, experiment: Experiment): Promise<Diagnostic[]> {
  return lintRun(await readLintedRun(folder, experiment), folder);
}

export function lintRun(run: LintedRun, folder: string): Diagnostic[] {
  const found = runRules.flatMap(({ code, find }) => find(run).map((finding): Diagnostic => ({ severity: lintRules[code].severity, code, place: { file: folder }, ...finding })));
  return withoutSilenced(found, run.experiment);
}
