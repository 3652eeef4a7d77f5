import type { LossAxis } from '../../../src/shared/rpc/views/dashboard.js';
import { formatNumber, type Axis } from '../../shared/chart/axis.js';
import { upperBound } from '../../shared/chart/search.js';
import type { Mark } from '../../shared/chart/series.js';
import type { LineChartSpec } from '../../shared/chart/spec.js';
import { t } from '../../shared/l10n.js';
import type { FollowedRun } from '../followed-run.js';
import { seriesOf } from './naming.js';
import { asAuroc } from './rounds.js';

const time: Axis = { id: 'elapsed', label: t('Time'), kind: 'duration' };

/** Losses of the aggregator and of the encoder, over epochs or over time. */
export function lossCharts(runs: readonly FollowedRun[], over: LossAxis): LineChartSpec[] {
  const quantities = [
    { id: 'total', title: t('Total loss'), note: t('The weighted sum that training minimises. The aggregator starts anew in each round, and with each restart.') },
    { id: 'bag', title: t('Bag loss'), note: undefined },
    { id: 'instance', title: t('Instance loss'), note: undefined },
    { id: 'ranking', title: t('Ranking loss'), note: undefined },
  ] as const;
  const axis: Axis = over === 'time' ? time : { id: 'epoch', label: t('Epoch'), kind: 'count' };
  const x = over === 'time' ? 'elapsed' : 'position';
  const marks = roundMarks(runs, x);
  const ofAggregator = quantities.map(({ id, title, note }): LineChartSpec => {
    const parts = (['train', 'validation'] as const).map((split) => ({
      key: split,
      label: split === 'train' ? t('training') : t('validation'),
      curveOf: (run: FollowedRun) => run.curve(`aggregate/${split}`, { x, y: id, segment: 'training' }),
    }));
    return { id: `loss-${id}`, title, ...(note ? { note } : {}), axis, yLabel: t('loss'), format: formatNumber, series: seriesOf(runs, parts, id), marks, isLoss: true };
  });
  return [...ofAggregator, contrastiveChart(runs, over, x)];
}

/** AUROC of each epoch on validation. */
export function epochAurocChart(runs: readonly FollowedRun[], over: LossAxis): LineChartSpec {
  const x = over === 'time' ? 'elapsed' : 'position';
  const part = { key: 'auroc', label: t('validation'), curveOf: (run: FollowedRun) => run.curve('aggregate/validation', { x, y: 'auroc', segment: 'training' }) };
  return asAuroc({
    id: 'auroc-epoch',
    title: t('Validation AUROC per epoch'),
    note: t('The epoch with the lowest validation loss is kept, not the one with the highest AUROC: of few slides it takes few values.'),
    axis: over === 'time' ? time : { id: 'epoch', label: t('Epoch'), kind: 'count' },
    yLabel: '',
    format: formatNumber,
    series: seriesOf(runs, [part], 'auroc-epoch'),
    marks: roundMarks(runs, x),
    isLoss: false,
  });
}

function contrastiveChart(runs: readonly FollowedRun[], over: LossAxis, x: 'elapsed' | 'position'): LineChartSpec {
  const parts = (['pretrain', 'finetune'] as const).map((stage) => ({
    key: stage,
    label: stage === 'pretrain' ? t('pre-training') : t('fine-tuning'),
    curveOf: (run: FollowedRun) => run.curve(`${stage}/train`, { x, y: 'contrastive', segment: 'round' }),
  }));
  return {
    id: 'loss-contrastive',
    title: t('Contrastive loss'),
    note: t('Of the encoder: SimCLR before the first round, supervised contrastive fine-tuning after each mining. The two are not on one scale.'),
    axis: over === 'time' ? time : { id: 'encoder-epoch', label: t('Epoch of the encoder'), kind: 'count' },
    yLabel: t('loss'),
    format: formatNumber,
    series: seriesOf(runs, parts, 'contrastive'),
    marks: [],
    isLoss: true,
  };
}

/** Where rounds begin; of one run only, since those of several lie elsewhere. */
function roundMarks(runs: readonly FollowedRun[], x: 'elapsed' | 'position'): Mark[] {
  const [run, ...others] = runs;
  if (!run || others.length > 0) return [];
  const table = run.table('aggregate/train');
  const [places, rounds] = [table.column(x), table.column('round')];
  const marks: Mark[] = [];
  for (let at = 0; at < rounds.length; at = upperBound(rounds, rounds[at]!, at)) marks.push({ x: places[at]! - (x === 'position' ? 0.5 : 0), label: t('round {0}', rounds[at]!) });
  return marks.length > 1 ? marks : [];
}
