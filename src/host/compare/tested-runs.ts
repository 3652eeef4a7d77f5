import { join, relative } from 'node:path';
import { HardmineError } from '../../shared/errors.js';
import { runFiles } from '../../shared/run/layout.js';
import type { RunResult } from '../../shared/run/metrics.js';
import { readPredictions, type SlidePrediction } from '../../shared/run/predictions.js';
import { readResult } from '../../shared/run/read.js';

/** A run that is done, and what it predicted of its test slides. */
export interface TestedRun {
  /** As a person would name it here. */
  readonly name: string;
  readonly result: RunResult;
  readonly predictions: readonly SlidePrediction[];
}

/** Runs that were tested on the same slides, which lie in one order. */
export interface PairedRuns {
  readonly runs: readonly TestedRun[];
  readonly slides: readonly string[];
  readonly labels: readonly (0 | 1)[];
  /** Of each slide. */
  readonly patients: readonly string[];
  /** No run says whose the slides are: each counts as a patient of its own. */
  readonly patientsUnknown: boolean;
}

/** @param run absolute path of its folder. @throws HardmineError `usage` where it is not done, `run-damaged` where its predictions are gone. */
export function readTested(run: string): TestedRun {
  const result = readResult(run);
  if (!result) throw new HardmineError('usage', 'This is no run, or it is not done: there is no result that can be read.', { place: { file: run }, remedy: 'Name folders of runs that are done; "mil runs" lists them.' });
  const predictions = readPredictions(join(run, runFiles.testPredictions));
  if (!predictions) throw new HardmineError('run-damaged', 'The predictions of the test slides cannot be read.', { place: { file: join(run, runFiles.testPredictions) }, remedy: 'Runs of early versions wrote none: train this experiment again.' });
  if (predictions.some(({ classes }) => classes)) throw new HardmineError('usage', 'Runs of several classes cannot be compared yet.', { place: { file: run } });
  return { name: relative('', run) || run, result, predictions };
}

/** Pairs the test slides of runs. @throws HardmineError `usage` saying what differs. */
export function pairRuns(runs: readonly TestedRun[]): PairedRuns {
  const [first, ...others] = runs as [TestedRun, ...TestedRun[]];
  const slides = first.predictions.map(({ slide }) => slide).sort();
  const differences = others.flatMap((other) => differencesOf(first, other));
  if (differences.length > 0) throw new HardmineError('usage', `These runs were not tested on the same slides. ${differences.join(' ')}`, { remedy: 'Compare runs with one split: the same split.seed or split.file, and the same cohort table.' });
  const sorted = runs.map((run) => ({ ...run, predictions: slides.map((slide) => run.predictions.find((one) => one.slide === slide)!) }));
  const patients = slides.map((_, i) => sorted.map(({ predictions }) => predictions[i]!.patient).find((patient) => patient !== undefined));
  return { runs: sorted, slides, labels: sorted[0]!.predictions.map(({ label }) => label), patients: patients.map((patient, i) => patient ?? slides[i]!), patientsUnknown: patients.includes(undefined) };
}

/** A sentence each for slides that only one has, and for those that have another label or patient. */
function differencesOf(first: TestedRun, other: TestedRun): string[] {
  const [of, inOther] = [first, other].map(({ predictions }) => new Map(predictions.map((one) => [one.slide, one]))) as [Map<string, SlidePrediction>, Map<string, SlidePrediction>];
  const only = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): string[] => [...a.keys()].filter((slide) => !b.has(slide));
  const both = [...of.keys()].filter((slide) => inOther.has(slide));
  const differ = (key: 'label' | 'patient'): string[] => both.filter((slide) => of.get(slide)![key] !== undefined && inOther.get(slide)![key] !== undefined && of.get(slide)![key] !== inOther.get(slide)![key]);
  const sentence = (what: string, slides: readonly string[]): string[] => (slides.length === 0 ? [] : [`${what}: ${slides.slice(0, 5).join(', ')}${slides.length > 5 ? ` and ${slides.length - 5} more` : ''}.`]);
  return [
    ...sentence(`Only in ${first.name}`, only(of, inOther)),
    ...sentence(`Only in ${other.name}`, only(inOther, of)),
    ...sentence(`Labelled otherwise in ${other.name}`, differ('label')),
    ...sentence(`Of another patient in ${other.name}`, differ('patient')),
  ];
}
