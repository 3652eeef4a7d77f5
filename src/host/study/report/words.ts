import { gapText, metricNames, oracleCaption, oracleHead } from '../../../report/oracle.js';
import type { Experiment } from '../../../shared/experiment/index.js';
import type { StudyClaim } from '../oracle.js';
import { formatEstimate, formatMetric, patientsBehind } from '../../../shared/run/too-few.js';
import { formatInterval, formatSpread, headline, studyMetrics, type Pooled, type Spread, type Spreads, type StudySummary } from '../../../shared/study/summary.js';

/** A table of the report, for any medium. */
export interface StudyTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly caption: string;
}

/** All tables of a study, the weightiest first. */
export function studyTables(summary: StudySummary): StudyTable[] {
  const { folds, seeds, heldOut, outOfFold } = summary;
  return [
    ...(folds ? [metricsTable(summary, folds, folds.units.some((unit) => unit.startsWith('split')) ? 'Over splits' : 'Over folds')] : []),
    ...(seeds ? [metricsTable(summary, seeds, 'Over seeds')] : []),
    ...(heldOut ? [metricsTable(summary, heldOut.spreads, 'Held-out patients', 'Held-out metric')] : []),
    ...classTables(summary, 'Each class against the rest, out of fold', outOfFold),
    ...classTables(summary, 'Each class against the rest, held-out patients', heldOut?.ensemble),
    memberTable(summary),
  ];
}

/** What choosing by test would have claimed, beside what validation chose. */
export function oracleTable(claims: readonly StudyClaim[], { evaluation, cohort }: Experiment): StudyTable {
  const runs = Math.max(...claims.map(({ selected }) => selected.n));
  return {
    title: 'What choosing by test would have claimed',
    head: ['Test metric', 'Chosen by validation', oracleHead, 'Gap'],
    rows: claims.map(({ metric, selected, oracle, gap }) => [metricNames[metric], formatSpread(selected), formatSpread(oracle), gap === null ? '–' : gapText(gap)]),
    caption: `Mean ± sd over ${runs} runs. ${oracleCaption({ evaluation, cohort })}`,
  };
}

/** What the numbers are, how they were chosen, and what is missing. */
export function studySentences(summary: StudySummary): string[] {
  const { members, selectionRule, thresholdRule, outOfFold, heldOut, oracle } = summary;
  const done = members.filter(({ state }) => state === 'done').length;
  const main = headline(summary);
  return [
    ...(main?.validation && main.validation.mean !== null ? [`Validation AUROC, by whose slides each run was chosen: ${formatSpread(main.validation)}.`] : []),
    ...(main && main.spread.mean !== null ? [`Test AUROC${(summary.folds ?? summary.seeds)?.classes ? ', a mean over classes,' : ''} ${formatSpread(main.spread)} ${formatInterval(main.spread)} (mean ± sd over ${main.spread.n} ${main.over === 'folds' ? 'test sets' : 'seeds'}).`] : []),
    ...(outOfFold ? [`Out of fold, each slide scored by models that never saw its patient: ${aurocOf(outOfFold)} over ${outOfFold.slides} slides of ${outOfFold.patients} patients (${percent(summary)} interval by ${methodOf(outOfFold)}). Models of different folds share one scale here, which they need not.`] : []),
    ...(heldOut ? [`Held-out patients, by the mean probability of all models: ${aurocOf(heldOut.ensemble)} over ${heldOut.ensemble.slides} slides of ${heldOut.ensemble.patients} patients (${methodOf(heldOut.ensemble)}).`] : []),
    ...(selectionRule ? [`Each run chose its ${thresholdRule === 'half' ? 'epoch and round' : 'epoch, round and threshold'} on its own validation patients (${selectionRule.replace(/\.$/, '')}). ${oracle ? 'Nothing was chosen by test; runs scored it after each epoch as well, into oracle.jsonl, which nothing in them reads.' : 'It looked at its test slides once.'}`] : []),
    ...(done < members.length ? [`${members.length - done} of ${members.length} runs are not done and left out: the numbers will change.`] : []),
  ];
}

function metricsTable(summary: StudySummary, { method, testToTrain, units, metrics, validation, classes = [] }: Spreads, title: string, head = 'Test metric'): StudyTable {
  const row = (name: string, spread: Spread, chosenBy?: Spread): string[] => [name, ...(validation ? [chosenBy ? formatSpread(chosenBy) : '–'] : []), formatSpread(spread), formatInterval(spread) || '–', ...spread.values.map((value) => value?.toFixed(3) ?? '–')];
  return {
    title,
    head: [head, ...(validation ? ['On validation, which chose'] : []), 'Mean ± sd', `${percent(summary)} interval`, ...units],
    rows: [
      ...studyMetrics.map((metric) => row(metricNames[metric], metrics[metric]!, validation?.metrics[metric])),
      ...classes.flatMap(({ name, auroc, averagePrecision }) => {
        const chosenBy = validation?.classes?.find((one) => one.name === name);
        return [row(`AUROC of "${name}"`, auroc, chosenBy?.auroc), row(`Average precision of "${name}"`, averagePrecision, chosenBy?.averagePrecision)];
      }),
    ],
    caption: method === 'corrected-t' ? `Interval: t corrected for overlapping training sets (Nadeau & Bengio 2003, test/train ${testToTrain?.toFixed(3)}).${summary.seeds ? ' Each value is the mean over seeds.' : ''}` : `Interval: Student's t over ${title === 'Over seeds' ? 'seeds; it tells of the spread of training, not of other patients' : 'the models; it tells of the spread of training, not of other patients'}.`,
  };
}

/** Where there are several classes. */
function classTables(summary: StudySummary, title: string, pooled: Pooled | undefined): StudyTable[] {
  if (!pooled?.classes) return [];
  return [{ title, head: ['Class', 'Slides', 'AUROC'], rows: pooled.classes.map(({ name, slides, smallerSide, auroc }) => [name, `${slides}`, formatEstimate(auroc, smallerSide ?? patientsBehind(pooled))]), caption: `By the mean probability of the models; ${percent(summary)} intervals by DeLong.` }];
}

function aurocOf(pooled: Pooled): string {
  return `${pooled.classes ? 'mean AUROC over classes' : 'AUROC'} ${formatMetric(pooled, 'auroc')}`;
}

function methodOf({ classes }: Pooled): string {
  return classes ? 'bootstrap over patients' : 'DeLong';
}

function memberTable({ members }: StudySummary): StudyTable {
  const repeats = new Set(members.map(({ repeat }) => repeat)).size > 1;
  const folds = members.some(({ fold }) => fold !== null);
  return {
    title: 'Runs',
    head: [...(repeats ? ['Repeat'] : []), ...(folds ? ['Fold'] : []), 'Seed', 'State', 'Round', 'Validation AUROC', 'Test AUROC', 'Test slides (patients)', 'Run'],
    rows: members.map(({ repeat, fold, seed, run, state, error, validation, test, selectedRound }) => [
      ...(repeats ? [`${repeat}`] : []),
      ...(folds ? [`${fold}`] : []),
      `${seed}`,
      error ? `${state} (${error.split(':')[0]})` : state,
      selectedRound === undefined ? '–' : `${selectedRound}`,
      validation ? formatMetric(validation, 'auroc') : '–',
      test ? formatMetric(test, 'auroc') : '–',
      test ? `${test.slides} (${test.patients})` : '–',
      run.split(/[\\/]/).at(-1)!,
    ]),
    caption: 'Round: the one that validation chose. Intervals of single runs: bootstrap over patients.',
  };
}

function percent({ level }: StudySummary): string {
  return `${Number((level * 100).toFixed(1))} %`;
}
