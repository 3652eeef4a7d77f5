import { formatNumber, type Axis } from '../../shared/chart/axis.js';
import type { LineChartSpec } from '../../shared/chart/spec.js';
import { t } from '../../shared/l10n.js';
import type { FollowedRun } from '../followed-run.js';
import { seriesOf, type LinePart } from './naming.js';

const axis: Axis = { id: 'round', label: t('Round'), kind: 'count', pad: 0.3 };

/** What each round reached: AUROC of slides and, where truth exists, of patches. */
export function qualityCharts(runs: readonly FollowedRun[]): LineChartSpec[] {
  const slides: LinePart[] = [{ key: 'auroc', label: t('validation'), curveOf: (run) => run.curve('rounds', { x: 'round', y: 'auroc', low: 'aurocLow', high: 'aurocHigh' }) }];
  const patches: LinePart[] = [
    { key: 'train', label: t('training'), curveOf: (run) => run.curve('rounds', { x: 'round', y: 'patchTrain', low: 'patchTrainLow', high: 'patchTrainHigh' }) },
    { key: 'validation', label: t('validation'), curveOf: (run) => run.curve('rounds', { x: 'round', y: 'patchValidation', low: 'patchValidationLow', high: 'patchValidationHigh' }) },
  ];
  return [
    { ...asAuroc(ofRounds(runs, 'auroc', t('Slide AUROC per round'), slides)), note: t('On validation, with bootstrap intervals over patients where there are enough. Validation chooses the round; test has no part in it.') },
    { ...asAuroc(ofRounds(runs, 'patch-auroc', t('Patch AUROC per round'), patches)), note: t('Against instance truth, which is used to report only.') },
  ];
}

/** From chance to perfect; from 0 only where something is worse than chance. */
export function asAuroc(spec: LineChartSpec): LineChartSpec {
  const isBelowChance = spec.series.some(({ curve: { y, low } }) => (low ?? y).some((value) => value < 0.5));
  return { ...spec, yLabel: 'AUROC', yRange: [isBelowChance ? 0 : 0.5, 1] };
}

/** How the self-paced mining goes on. */
export function miningCharts(runs: readonly FollowedRun[]): LineChartSpec[] {
  const mined = (key: 'positiveRatio' | 'hardNegatives' | 'positives' | 'hardNegativePrecision' | 'positivePrecision', label: string): LinePart => ({ key, label, curveOf: (run) => run.curve('mined', { x: 'round', y: key }) });
  return [
    { ...ofRounds(runs, 'ratio', t('Self-paced ratio'), [mined('positiveRatio', t('share of candidates taken as positive'))]), yLabel: t('share'), yRange: [0, 1] },
    { ...ofRounds(runs, 'bank', t('Bank size'), [mined('hardNegatives', t('hard negatives')), mined('positives', t('positives'))]), yLabel: t('patches') },
    { ...ofRounds(runs, 'precision', t('Precision of what was mined'), [mined('hardNegativePrecision', t('hard negatives')), mined('positivePrecision', t('positives'))]), yLabel: t('share'), note: t('Share that instance truth agrees with; it is used to report only.') },
  ];
}

function ofRounds(runs: readonly FollowedRun[], id: string, title: string, parts: readonly LinePart[]): LineChartSpec {
  const [only, ...others] = runs;
  const selected = others.length === 0 ? only?.summary?.result?.selectedRound : undefined;
  const marks = selected !== undefined && only!.table('rounds').rows > 1 ? [{ x: selected, label: t('selected') }] : [];
  return { id, title, axis, yLabel: '', format: formatNumber, series: seriesOf(runs, parts, id), marks, isLoss: false };
}
