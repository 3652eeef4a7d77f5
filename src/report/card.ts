import { isRule } from '../shared/lint/rules.js';
import { selectionSentence } from '../shared/run/result-rows.js';
import { formatMetric } from '../shared/run/too-few.js';
import { aggregatorText } from './aggregator-text.js';
import { dataText, encoderText, evaluationText, miningText, softwareText } from './methods.js';
import { noResult } from './result.js';
import type { Experiment } from '../shared/experiment/index.js';
import type { RunEvent } from '../shared/run/events.js';
import type { Lineage } from '../shared/run/state.js';
import type { RunRecord } from './record.js';
import { patientWarnings } from './statistics.js';

/** A heading of a model card and what stands under it, a sentence or a few each. */
export interface CardSection {
  readonly title: string;
  readonly lines: readonly string[];
}

/** The model card of a run (Mitchell et al. 2019), from what its folder holds; what nobody knows is said to be unknown. */
export function modelCard(record: RunRecord): CardSection[] {
  const { experiment, lineage, result } = record;
  return [
    { title: 'Model', lines: modelLines(experiment) },
    { title: 'Intended use', lines: intendedUse },
    { title: 'Data', lines: [dataText(record), ...(lineage ? [`Cohort table sha256 ${lineage.hashes.cohort}; split sha256 ${lineage.hashes.split}; ${Object.keys(lineage.hashes.slides).length} slides hashed in lineage.json.`] : []), labelLine] },
    { title: 'Training', lines: [miningText(experiment), softwareText(lineage)].filter(Boolean) },
    { title: 'Results', lines: result ? [...resultLines(record), selectionSentence(result)] : [noResult(record)] },
    { title: 'Limits', lines: limits(record) },
    { title: 'What is not known', lines: unknowns(experiment) },
  ];
}

/** What a card says of any model of ours. */
export const intendedUse: readonly string[] = ['Research on cohorts like the one below: ranking slides, and finding patches worth a look.', 'Not for diagnosis, and not for slides of other organs, stains, scanners or hospitals until tested there.'];
export const labelLine = 'Labels are slide labels of the cohort table. Instance truth, where given, was used to report, never to train or to select.';

/** A card as Markdown. @param level of its headings. */
export function cardMarkdown(card: readonly CardSection[], level: number): string {
  return card.map(({ title, lines }) => [`${'#'.repeat(level)} ${title}`, ...lines.map((line) => `- ${line}`)].join('\n')).join('\n\n');
}

/** What kind of model it is. */
export function modelLines(experiment: Experiment): string[] {
  return [`A weakly supervised classifier of whole slides: ${classText(experiment)}.`, encoderText(experiment), aggregatorText(experiment)];
}

function classText({ cohort }: Experiment): string {
  const [first, ...others] = cohort.classes;
  return cohort.negative ? `"${others.join('", "')}" against "${first}"` : `"${cohort.classes.join('", "')}"`;
}

function resultLines({ result, experiment }: RunRecord): string[] {
  const { validation, test, heldOut } = result!;
  return [
    `AUROC ${formatMetric(validation, 'auroc')} on validation, which chose the model, and ${formatMetric(test, 'auroc')} on ${test.slides} test slides of ${test.patients} patients.`,
    `At the threshold ${validation.threshold.toFixed(3)}: balanced accuracy ${formatMetric(validation, 'balancedAccuracy')} on validation, ${formatMetric(test, 'balancedAccuracy')} on test.`,
    ...(heldOut ? [`AUROC ${formatMetric(heldOut, 'auroc')} on ${heldOut.slides} slides of ${heldOut.patients} patients held out of the cross-validation.`] : []),
    evaluationText(experiment, result!.selectionRule),
  ];
}

function limits(record: RunRecord): string[] {
  return ['One run with one seed: another seed or split gives other numbers. Several seeds tell how far apart they lie.', ...patientWarnings(record), ...methodLimits(record.experiment, record.lineage), ...checkLimits(record.events, record.experiment)];
}

/** What the way of training leaves open. */
export function methodLimits({ cohort, finetune, mining }: Experiment, lineage: Lineage | undefined): string[] {
  return [
    ...(finetune.enabled && mining.rounds > 1 && cohort.negative ? ['Pseudo-labels of patches are the model\'s own; what it takes for positive may be what is easy to see beside the lesion.'] : []),
    ...(cohort.truth ? [] : ['There is no instance truth: how well patches are ranked was not measured.']),
    ...(lineage && Object.keys(lineage.hashes.judgements ?? {}).length > 0 ? ['People judged patches while it was trained, and mining heeded them.'] : []),
  ];
}

/** What the rules about leaks and the protocol had against cohort and runs, of each rule the first finding; and which of them were silenced. */
export function checkLimits(events: readonly RunEvent[], { check }: Experiment): string[] {
  return [...foundByChecks(events), ...check.ignore.map(({ code, reason }) => `The check "${code}" was silenced: ${reason}`)];
}

function foundByChecks(events: readonly RunEvent[]): string[] {
  const found = new Map<string, string[]>();
  for (const event of events) if (event.type === 'warning' && isRule(event.code)) found.set(event.code, [...(found.get(event.code) ?? []), event.message]);
  return [...found].map(([code, messages]) => {
    const more = new Set(messages).size - 1;
    return `The check "${code}" warned: ${messages[0]}${more > 0 ? ` And ${more} more of its warnings, listed in the report.` : ''}`;
  });
}

/** What no run can tell of its own model. */
export function unknowns({ cohort, encoder }: Experiment): string[] {
  return [
    'Whether it works at another hospital, on another scanner or stain: nothing here tests that unless test slides came from there.',
    'How it does for groups of patients (age, sex, origin): the cohort table is not asked for them.',
    'Who labelled the slides, by what standard, and how often they would disagree.',
    ...(encoder.kind === 'onnx' || encoder.kind === 'features' ? ['What the frozen encoder was trained on: if test slides were among it, these numbers flatter.'] : []),
    ...(encoder.kind === 'resnet' && encoder.weights !== undefined ? ['What the starting weights were trained on: if test slides were among it, these numbers flatter.'] : []),
    ...(cohort.columns.patient === '' ? ['Which slides are of one patient.'] : []),
  ];
}
