import type { RunEvent } from '../shared/run/events.js';
import type { Estimate } from '../shared/run/metrics.js';
import { patientsBehind, told } from '../shared/run/too-few.js';
import type { RunRecord } from './record.js';
import { statisticsCharts } from './statistics-charts.js';

export interface ChartPoint {
  readonly x: number;
  readonly y: number;
  /** Interval, where there is one. */
  readonly low?: number;
  readonly high?: number;
}

export interface ChartSeries {
  readonly name: string;
  readonly points: readonly ChartPoint[];
  /** A line to compare with: drawn without dots. */
  readonly reference?: true;
}

/** A line chart as data: drawn as SVG, and told as a table to those who do not see it. */
export interface Chart {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly ChartSeries[];
  /** Fixed limits of the x axis, which then need not be whole numbers; else those of the data. */
  readonly xRange?: readonly [number, number];
  /** Fixed limits of the y axis; else those of the data. */
  readonly yRange?: readonly [number, number];
  /** Vertical lines at places of the x axis. */
  readonly marks?: readonly { readonly x: number; readonly label: string }[];
  /** Places of the x axis where something begins anew: no line is drawn across them. */
  readonly breaks?: readonly number[];
}

/** The curves of a run; those without a single point are left out. */
export function chartsOf(record: RunRecord): Chart[] {
  return [aurocByRound(record), patchAurocByRound(record), aggregatorLoss(record), contrastiveLoss(record), ...statisticsCharts(record.result)].filter(({ series }) => series.length > 0);
}

/** From chance to perfect; from 0 only where something is worse than chance. */
function aurocRange(points: readonly ChartPoint[]): readonly [number, number] {
  return [points.some(({ y, low }) => (low ?? y) < 0.5) ? 0 : 0.5, 1];
}

function aurocByRound({ rounds, result, experiment }: RunRecord): Chart {
  const points = estimates(rounds.map(({ round, validation }) => [round, told(validation.auroc, patientsBehind(validation))]));
  return {
    id: 'auroc',
    title: 'Slide AUROC per round',
    caption: `Validation AUROC of each round${experiment.evaluation.bootstrap > 0 ? `, with ${percent(experiment.evaluation.ci)} bootstrap intervals over patients` : ''}. Validation chose the round; test chose nothing and is not shown.`,
    xLabel: 'round',
    yLabel: 'AUROC',
    yRange: aurocRange(points),
    series: present([{ name: 'validation', points }]),
    ...(result && rounds.length > 1 ? { marks: [{ x: result.selectedRound, label: 'selected' }] } : {}),
  };
}

function patchAurocByRound({ rounds, result }: RunRecord): Chart {
  const of = (split: 'train' | 'validation'): ChartPoint[] => estimates(rounds.flatMap(({ round, instance }) => (instance ? [[round, told(instance[split].auroc, instance[split].patients ?? Infinity)] as const] : [])));
  const [training, validation] = [of('train'), of('validation')];
  return {
    id: 'patch-auroc',
    title: 'Patch AUROC per round',
    caption: 'How well patch scores rank truly positive patches above the others. Instance truth is used to report only: nothing was trained or selected with it.',
    xLabel: 'round',
    yLabel: 'AUROC',
    yRange: aurocRange([...training, ...validation]),
    series: present([{ name: 'training', points: training }, { name: 'validation', points: validation }]),
    ...(result && rounds.length > 1 ? { marks: [{ x: result.selectedRound, label: 'selected' }] } : {}),
  };
}

function aggregatorLoss({ events }: RunRecord): Chart {
  const losses = latestLosses(events, (event) => event.stage === 'aggregate');
  const { place, marks } = epochAxis(losses);
  const of = (split: 'train' | 'validation'): ChartPoint[] => losses.filter((event) => event.split === split).map((event) => ({ x: place(event), y: event.total }));
  return {
    id: 'loss',
    title: 'Aggregator loss',
    caption: 'Mean total loss of each epoch, rounds one after the other. The aggregator starts anew in each round, so each round has a curve of its own; with optimizer.restarts it starts anew within a round too.',
    xLabel: 'epoch, over all rounds',
    yLabel: 'loss',
    series: present([{ name: 'training', points: of('train') }, { name: 'validation', points: of('validation') }]),
    marks,
    breaks: losses.filter((event, i) => i > 0 && (event.round !== losses[i - 1]!.round || event.restart !== losses[i - 1]!.restart)).map((event) => place(event) - 0.5),
  };
}

function contrastiveLoss({ events }: RunRecord): Chart {
  const losses = latestLosses(events, (event) => event.stage === 'pretrain' || event.stage === 'finetune');
  const { place, marks } = epochAxis(losses);
  const of = (stage: string): ChartPoint[] => losses.filter((event) => event.stage === stage).map((event) => ({ x: place(event), y: event.contrastive ?? event.total }));
  return {
    id: 'contrastive',
    title: 'Contrastive loss of the encoder',
    caption: 'Mean loss of each epoch: SimCLR before the first round, then supervised contrastive fine-tuning on what each round mined. The two losses are not on one scale.',
    xLabel: 'epoch, over all rounds',
    yLabel: 'loss',
    series: present([{ name: 'pre-training', points: of('pretrain') }, { name: 'fine-tuning', points: of('finetune') }]),
    marks,
    breaks: marks.map(({ x }) => x),
  };
}

type LossEvent = Extract<RunEvent, { type: 'loss' }>;

/** Losses in the order of the run; an epoch repeated after a resume counts as it was last. */
function latestLosses(events: readonly RunEvent[], wanted: (event: LossEvent) => boolean): LossEvent[] {
  const byEpoch = new Map<string, LossEvent>();
  for (const event of events) if (event.type === 'loss' && wanted(event)) byEpoch.set([event.round, event.stage, event.epoch, event.split].join(), event);
  return [...byEpoch.values()].sort((a, b) => a.round - b.round || a.epoch - b.epoch);
}

/** Lays the epochs of all rounds side by side, and marks where each round begins. */
function epochAxis(losses: readonly LossEvent[]): { place: (event: LossEvent) => number; marks: { x: number; label: string }[] } {
  const before = new Map<number, number>();
  const marks: { x: number; label: string }[] = [];
  let total = 0;
  for (const round of new Set(losses.map((event) => event.round))) {
    before.set(round, total);
    if (round > 0) marks.push({ x: total + 0.5, label: marks.length === 0 ? `round ${round}` : `${round}` });
    total += Math.max(...losses.filter((event) => event.round === round).map((event) => event.epoch));
  }
  return { place: (event) => before.get(event.round)! + event.epoch, marks: before.size > 1 ? marks : [] };
}

function estimates(rows: readonly (readonly [number, Estimate])[]): ChartPoint[] {
  return rows.flatMap(([x, { value, low, high }]) => (value === null ? [] : [{ x, y: value, ...(low === null || high === null ? {} : { low, high }) }]));
}

function present(series: readonly ChartSeries[]): ChartSeries[] {
  return series.filter(({ points }) => points.length > 0);
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}
