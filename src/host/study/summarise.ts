import { relative } from 'node:path';
import { correctedTInterval, tInterval } from '../../mil/statistics/index.js';
import type { SlideMetrics } from '../../shared/run/metrics.js';
import { partName, studyMetrics, type Pooled, type Spread, type Spreads, type StudySummary } from '../../shared/study/summary.js';
import type { DoneMember, StudyMaterial } from './material.js';
import { pool } from './pool.js';

/**
 * What the runs of a study say together. Folds are summed up over their own test slides with Nadeau & Bengio's
 * corrected interval; seeds with Student's. Members that are not done are named and left out.
 */
export function summariseStudy(material: StudyMaterial): StudySummary {
  const { state, experiment, done } = material;
  const level = experiment.evaluation.ci;
  const parts = distinct(state.members.map(({ repeat, fold }) => JSON.stringify({ repeat, fold }))).map((text) => JSON.parse(text) as { repeat: number; fold: number | null });
  const seeds = distinct(state.members.map(({ seed }) => seed));
  const repeats = distinct(parts.map(({ repeat }) => repeat)).length;
  const ofPart = parts.map((part) => ({ name: partName(part, repeats), members: done.filter(({ repeat, fold }) => repeat === part.repeat && fold === part.fold) }));
  const ofSeed = seeds.map((seed) => ({ name: `seed ${seed}`, members: done.filter((member) => member.seed === seed) }));
  const pooled = experiment.split.folds > 1 || parts.some(({ fold }) => fold !== null) ? outOfFold(material, parts.filter(({ repeat }) => repeat === parts[0]!.repeat).length) : undefined;
  const heldOut = heldOutOf(material, ofPart, level);
  return {
    name: state.study.name,
    level,
    selectionRule: done[0]?.result.selectionRule ?? null,
    ...(done[0]?.result.thresholdRule ? { thresholdRule: done[0].result.thresholdRule } : {}),
    ...(done.some(({ result }) => result.oracle) ? { oracle: true as const } : {}),
    members: state.members.map(({ repeat, fold, seed, run, summary }) => ({
      repeat,
      fold,
      seed,
      run: relative(state.folder, run),
      state: summary?.state ?? 'waiting',
      ...(summary?.status.error ? { error: `${summary.status.error.code}: ${summary.status.error.message}` } : {}),
      ...(summary?.state === 'done' && summary.result ? { validation: summary.result.validation, test: summary.result.test, selectedRound: summary.result.selectedRound, ...(summary.result.heldOut ? { heldOut: summary.result.heldOut } : {}) } : {}),
    })),
    ...(parts.length > 1 ? { folds: withValidation(ofPart, level, testToTrain(done)) } : {}),
    ...(seeds.length > 1 ? { seeds: withValidation(ofSeed, level) } : {}),
    ...(pooled ? { outOfFold: pooled } : {}),
    ...(heldOut ? { heldOut } : {}),
  };
}

/** What was tested over units, and what chose it. */
function withValidation(units: Parameters<typeof spreads>[0], level: number, ratio?: number): Spreads {
  const { metrics, classes } = spreads(units, ({ result }) => result.validation, level, ratio);
  return { ...spreads(units, ({ result }) => result.test, level, ratio), validation: { metrics, ...(classes ? { classes } : {}) } };
}

/** Each metric over units, each the mean of its members. @param ratio slides tested over slides trained on, where units are folds. */
function spreads(units: readonly { readonly name: string; readonly members: readonly DoneMember[] }[], metricsOf: (member: DoneMember) => SlideMetrics | undefined, level: number, ratio?: number): Spreads {
  const spread = (valueOf: (metrics: SlideMetrics) => number | null | undefined): Spread => {
    const values = units.map(({ members }) => mean(members.map((member) => metricsOf(member)).map((metrics) => (metrics ? valueOf(metrics) : undefined) ?? null)));
    const known = values.filter((value) => value !== null);
    return { values, ...(ratio === undefined ? tInterval(known, level) : correctedTInterval(known, ratio, level)) };
  };
  const names = units.flatMap(({ members }) => members.flatMap((member) => metricsOf(member)?.classes ?? [])).map(({ name }) => name);
  const ofClass = (name: string, metric: 'auroc' | 'averagePrecision'): Spread => spread(({ classes }) => classes?.find((one) => one.name === name)?.[metric].value);
  const classes = distinct(names).map((name) => ({ name, auroc: ofClass(name, 'auroc'), averagePrecision: ofClass(name, 'averagePrecision') }));
  return {
    method: ratio === undefined ? 't' : 'corrected-t',
    ...(ratio === undefined ? {} : { testToTrain: ratio }),
    units: units.map(({ name }) => name),
    metrics: Object.fromEntries(studyMetrics.map((metric) => [metric, spread((metrics) => metrics[metric].value)])) as Spreads['metrics'],
    ...(classes.length > 0 ? { classes } : {}),
  };
}

/** Means over the folds, which differ by a patient or two. */
function testToTrain(done: readonly DoneMember[]): number {
  return mean(done.map(({ result, trained }) => (trained > 0 ? result.test.slides / trained : null))) ?? 0;
}

/** @param folds folds a repeat has: only repeats with a model for every fold have scored every slide. */
function outOfFold({ done, experiment, patientOf }: StudyMaterial, folds: number): Pooled | undefined {
  const keys = distinct(done.map(({ repeat, seed }) => JSON.stringify({ repeat, seed })));
  const whole = keys
    .map((key) => JSON.parse(key) as { repeat: number; seed: number })
    .map((key) => ({ ...key, members: done.filter(({ repeat, seed }) => repeat === key.repeat && seed === key.seed) }))
    .filter(({ members }) => members.length === folds);
  if (whole.length === 0) return undefined;
  const sets = whole.map(({ members }) => members.flatMap(({ predictions }) => predictions.test));
  return pool(sets, whole, patientOf, experiment);
}

function heldOutOf({ done, experiment, patientOf }: StudyMaterial, ofPart: readonly { readonly name: string; readonly members: readonly DoneMember[] }[], level: number): StudySummary['heldOut'] {
  const scored = done.filter(({ predictions }) => predictions.heldOut.length > 0);
  if (scored.length === 0) return undefined;
  // All models look at the same patients: their spread is that of training, not of the patients.
  return { spreads: spreads(ofPart, ({ result }) => result.heldOut, level), ensemble: pool(scored.map(({ predictions }) => predictions.heldOut), scored, patientOf, experiment) };
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
