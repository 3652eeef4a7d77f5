import type { CurveTable } from '../../../shared/rpc/curve-tables.js';
import { runEventSchema } from '../../../shared/run/events.js';
import type { Estimate, InstanceMetrics } from '../../../shared/run/metrics.js';
import { stages } from '../../../shared/run/stages.js';
import { patientsBehind, told } from '../../../shared/run/too-few.js';

/** A row of a curve table, as one event says it: the time still as in the journal, `position` still missing. */
export interface CurveRow {
  readonly table: CurveTable;
  readonly row: readonly number[];
}

/** A line of a journal, parsed but not yet believed. */
export type Line = Readonly<Record<string, unknown>>;

/** The row an event adds to the curves; undefined for events that add none, and for those of other versions. */
export function rowOf(line: Line): CurveRow | undefined {
  switch (line.type) {
    // The frequent ones are checked by hand, which is ten times as fast as their schema.
    case 'loss':
      return lossRow(line);
    case 'memory':
      return wellFormed({ table: 'memory', row: [number(line.time), number(line.rss)] }, 2);
    case 'stage-finished':
      return wellFormed({ table: 'stages', row: [number(line.time), number(line.round), stages.indexOf(line.stage as never), number(line.milliseconds)] }, 4);
    case 'mined':
    case 'round-finished':
      return summaryRow(line);
    default:
      return undefined;
  }
}

function lossRow({ time, stage, split, round, epoch, restart, total, bag, instance, ranking, contrastive, auroc, lr }: Line): CurveRow | undefined {
  const place = [number(time), number(round), number(epoch)];
  if (stage === 'aggregate' && (split === 'train' || split === 'validation')) {
    return wellFormed({ table: `aggregate/${split}`, row: [...place, number(total), number(bag), number(instance), number(ranking), number(split === 'train' ? lr : auroc), number(round) + (typeof restart === 'number' ? restart / 100 : 0)] }, 3);
  }
  if ((stage === 'pretrain' || stage === 'finetune') && split === 'train') {
    return wellFormed({ table: `${stage}/train`, row: [...place, number(contrastive ?? total), number(lr)] }, 3);
  }
  return undefined;
}

function summaryRow(line: Line): CurveRow | undefined {
  const { data: event } = runEventSchema.safeParse(line);
  if (event?.type === 'mined') {
    const { positives, hardNegatives, positiveRatio, added, kept, dropped, positivePrecision, hardNegativePrecision } = event.summary;
    return { table: 'mined', row: [event.time, event.round, positives, hardNegatives, positiveRatio, added, kept, dropped, number(positivePrecision), number(hardNegativePrecision)] };
  }
  if (event?.type === 'round-finished') {
    const { validation, instance } = event.metrics;
    return { table: 'rounds', row: [event.time, event.round, ...numbersOf(told(validation.auroc, patientsBehind(validation))), ...ofPatches(instance?.train), ...ofPatches(instance?.validation)] };
  }
  return undefined;
}

function ofPatches(metrics: InstanceMetrics | undefined): number[] {
  return numbersOf(metrics && told(metrics.auroc, metrics.patients ?? Infinity));
}

function numbersOf(estimate: Estimate | undefined): number[] {
  return [number(estimate?.value), number(estimate?.low), number(estimate?.high)];
}

/** NaN for whatever is no number. */
function number(value: unknown): number {
  return typeof value === 'number' ? value : NaN;
}

/** A row whose first `needed` numbers are there; without its place no number means anything. */
function wellFormed(row: CurveRow, needed: number): CurveRow | undefined {
  return row.row.slice(0, needed).every(Number.isFinite) ? row : undefined;
}
