import { join, relative } from 'node:path';
import type { ClassOptions } from '../../mil/metrics/index.js';
import { HardmineError } from '../../shared/errors.js';
import { outputNames } from '../../shared/experiment/classes.js';
import { runFiles } from '../../shared/run/layout.js';
import type { RunResult } from '../../shared/run/metrics.js';
import { readPredictions, type SlidePrediction } from '../../shared/run/predictions.js';
import { readResult } from '../../shared/run/read.js';
import { readRunExperiment } from '../run/folder.js';

/** A run that is done, and what it predicted of its test slides. */
export interface TestedRun {
  /** As a person would name it here. */
  readonly name: string;
  readonly result: RunResult;
  readonly predictions: readonly SlidePrediction[];
  /** Where there are several. */
  readonly classes?: Omit<ClassOptions, 'threshold'>;
}

/** Runs that were tested on the same slides, which lie in one order. */
export interface PairedRuns {
  readonly runs: readonly TestedRun[];
  readonly slides: readonly string[];
  readonly labels: readonly (0 | 1)[];
  /** Where there are several, the same in all runs. */
  readonly classes?: Omit<ClassOptions, 'threshold'>;
  /** Of each slide. */
  readonly patients: readonly string[];
  /** No run says whose the slides are: each counts as a patient of its own. */
  readonly patientsUnknown: boolean;
}

/** How a person in a terminal would name a run. */
const pathFromHere = (run: string): string => relative('', run) || run;

/** @param run absolute path of its folder. @param nameOf how people are told of it. @throws HardmineError `usage` where it is not done, `run-damaged` where its predictions are gone. */
export function readTested(run: string, nameOf = pathFromHere): TestedRun {
  const result = readResult(run);
  if (!result) throw new HardmineError('usage', 'This is no run, or it is not done: there is no result that can be read.', { place: { file: run }, remedy: 'Name folders of runs that are done; "mil runs" lists them.' });
  const predictions = readPredictions(join(run, runFiles.testPredictions));
  if (!predictions) throw new HardmineError('run-damaged', 'The predictions of the test slides cannot be read.', { place: { file: join(run, runFiles.testPredictions) }, remedy: 'Runs of early versions wrote none: train this experiment again.' });
  const classes = predictions.some(({ classes: of }) => of) ? classesOf(run) : undefined;
  return { name: nameOf(run), result, predictions, ...(classes ? { classes } : {}) };
}

function classesOf(run: string): Omit<ClassOptions, 'threshold'> {
  const { cohort } = readRunExperiment(run);
  return { names: outputNames(cohort), exclusive: cohort.separator === '', negative: cohort.negative };
}

/** Pairs the test slides of runs. @throws HardmineError `usage` saying what differs. */
export function pairRuns(runs: readonly TestedRun[]): PairedRuns {
  const [first, ...others] = runs as [TestedRun, ...TestedRun[]];
  const stranger = others.find(({ classes }) => JSON.stringify(classes) !== JSON.stringify(first.classes));
  if (stranger) throw new HardmineError('usage', `These runs do not tell the same classes: ${named(first)} in ${first.name}, ${named(stranger)} in ${stranger.name}.`, { remedy: 'Compare runs with the same cohort.classes, in one order, and the same cohort.negative and cohort.separator.' });
  const slides = first.predictions.map(({ slide }) => slide).sort();
  const differences = others.flatMap((other) => differencesOf(first, other));
  if (differences.length > 0) throw new HardmineError('usage', `These runs were not tested on the same slides. ${differences.join(' ')}`, { remedy: 'Compare runs with one split: the same split.seed or split.file, and the same cohort table.' });
  const sorted = runs.map((run) => ({ ...run, predictions: slides.map((slide) => run.predictions.find((one) => one.slide === slide)!) }));
  const patients = slides.map((_, i) => sorted.map(({ predictions }) => predictions[i]!.patient).find((patient) => patient !== undefined));
  return { runs: sorted, slides, labels: sorted[0]!.predictions.map(({ label }) => label), ...(first.classes ? { classes: first.classes } : {}), patients: patients.map((patient, i) => patient ?? slides[i]!), patientsUnknown: patients.includes(undefined) };
}

/** A sentence each for slides that only one has, and for those that have another label or patient. */
function differencesOf(first: TestedRun, other: TestedRun): string[] {
  const [of, inOther] = [first, other].map(({ predictions }) => new Map(predictions.map((one) => [one.slide, one]))) as [Map<string, SlidePrediction>, Map<string, SlidePrediction>];
  const only = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): string[] => [...a.keys()].filter((slide) => !b.has(slide));
  const both = [...of.keys()].filter((slide) => inOther.has(slide));
  const differ = (key: 'label' | 'classes' | 'patient'): string[] => both.filter((slide) => of.get(slide)![key] !== undefined && inOther.get(slide)![key] !== undefined && String(of.get(slide)![key]) !== String(inOther.get(slide)![key]));
  const sentence = (what: string, slides: readonly string[]): string[] => (slides.length === 0 ? [] : [`${what}: ${slides.slice(0, 5).join(', ')}${slides.length > 5 ? ` and ${slides.length - 5} more` : ''}.`]);
  return [
    ...sentence(`Only in ${first.name}`, only(of, inOther)),
    ...sentence(`Only in ${other.name}`, only(inOther, of)),
    ...sentence(`Labelled otherwise in ${other.name}`, [...new Set([...differ('label'), ...differ('classes')])]),
    ...sentence(`Of another patient in ${other.name}`, differ('patient')),
  ];
}

function named({ classes }: TestedRun): string {
  return classes ? classes.names.join(', ') : 'one against the rest';
}
