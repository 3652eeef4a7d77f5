import { formatEstimate, formatMetric, patientsBehind } from '../../../shared/run/too-few.js';
import { formatInterval, formatSpread, headline, studyMetrics, type Pooled, type Spread, type Spreads, type StudyMetric, type StudySummary } from '../../../shared/study/summary.js';

/** A table of the report, for any medium. */
export interface StudyTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly caption: string;
}

const metricNames: Record<StudyMetric, string> = { auroc: 'AUROC', averagePrecision: 'Average precision', accuracy: 'Accuracy', balancedAccuracy: 'Balanced accuracy', f1: 'F1', brier: 'Brier score' };

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

/** What the numbers are, how they were chosen, and what is missing. */
export function studySentences(summary: StudySummary): string[] {
  const { members, selectionRule, thresholdRule, outOfFold, heldOut, oracle } = summary;
  const done = members.filter(({ state }) => state === 'done').length;
  const main = headline(summary);
  return [
    ...(main && main.spread.mean !== null ? [`Test AUROC${(summary.folds ?? summary.seeds)?.classes ? ', a mean over classes,' : ''} ${formatSpread(main.spread)} ${formatInterval(main.spread)} (mean ± sd over ${main.spread.n} ${main.over === 'folds' ? 'test sets' : 'seeds'}).`] : []),
    ...(outOfFold ? [`Out of fold, each slide scored by models that never saw its patient: ${aurocOf(outOfFold)} over ${outOfFold.slides} slides of ${outOfFold.patients} patients (${percent(summary)} interval by ${methodOf(outOfFold)}). Models of different folds share one scale here, which they need not.`] : []),
    ...(heldOut ? [`Held-out patients, by the mean probability of all models: ${aurocOf(heldOut.ensemble)} over ${heldOut.ensemble.slides} slides of ${heldOut.ensemble.patients} patients (${methodOf(heldOut.ensemble)}).`] : []),
    ...(selectionRule ? [`Each run chose its ${thresholdRule === 'half' ? 'epoch and round' : 'epoch, round and threshold'} on its own validation patients (${selectionRule.replace(/\.$/, '')}). ${oracle ? 'Nothing was chosen by test; runs scored it after each epoch as well, into oracle.jsonl, which nothing in them reads.' : 'It looked at its test slides once.'}`] : []),
    ...(done < members.length ? [`${members.length - done} of ${members.length} runs are not done and left out: the numbers will change.`] : []),
  ];
}

function metricsTable(summary: StudySummary, { method, testToTrain, units, metrics, classes = [] }: Spreads, title: string, head = 'Test metric'): StudyTable {
  const row = (name: string, spread: Spread): string[] => [name, formatSpread(spread), formatInterval(spread) || '–', ...spread.values.map((value) => value?.toFixed(3) ?? '–')];
  return {
    title,
    head: [head, 'Mean ± sd', `${percent(summary)} interval`, ...units],
    rows: [
      ...studyMetrics.map((metric) => row(metricNames[metric], metrics[metric]!)),
      ...classes.flatMap(({ name, auroc, averagePrecision }) => [row(`AUROC of "${name}"`, auroc), row(`Average precision of "${name}"`, averagePrecision)]),
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
