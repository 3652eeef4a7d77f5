import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Experiment } from '../../../shared/experiment/index.js';
import { readPredictions } from '../../../shared/run/predictions.js';
import { roundFiles, runFiles } from '../../../shared/run/layout.js';
import { readTable } from '../../../shared/run/parquet.js';
import { readJournal, readResult, readRounds, type CompleteRound } from '../../../shared/run/read.js';
import { scoreColumns } from '../../../shared/run/tables.js';
import type { JudgedRound, LintedRun, SlideAttention } from './contract.js';

const attentionColumns = { slide: scoreColumns.slide, attention: scoreColumns.attention } as const;

/** Reads what the rules look at from a run folder. @throws HardmineError `run-damaged`. */
export async function readLintedRun(folder: string, experiment: Experiment): Promise<LintedRun> {
  const journal = join(folder, runFiles.events);
  const rounds = readRounds(folder);
  const result = readResult(folder);
  const judged = rounds.find(({ metrics }) => metrics.round === result?.selectedRound) ?? rounds.at(-1);
  return {
    experiment,
    events: existsSync(journal) ? readJournal(journal).events : [],
    rounds: rounds.map(({ metrics }) => metrics),
    result,
    judged: judged && (await readJudged(judged)),
    test: readPredictions(join(folder, runFiles.testPredictions)),
  };
}

async function readJudged({ folder, metrics }: CompleteRound): Promise<JudgedRound> {
  const scores = join(folder, roundFiles.scores);
  return { metrics, attention: existsSync(scores) ? bySlide(await readTable(scores, attentionColumns)) : [], predictions: readPredictions(join(folder, roundFiles.predictions)) };
}

/** Rows of a slide stand together. */
function bySlide({ slide, attention }: { readonly slide: readonly string[]; readonly attention: Float32Array }): SlideAttention[] {
  const found: SlideAttention[] = [];
  for (let start = 0, end = 0; start < slide.length; start = end) {
    while (end < slide.length && slide[end] === slide[start]) end++;
    found.push({ slide: slide[start]!, attention: attention.subarray(start, end) });
  }
  return found;
}
