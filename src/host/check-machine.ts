import type { Diagnostic } from '../shared/diagnostics.js';
import type { Experiment } from '../shared/experiment/index.js';
import type { ParsedExperiment } from '../shared/experiment/parse.js';
import { formatBytes } from '../shared/units.js';
import { memoryOf } from './estimate/footprint.js';

/** A cohort of some size: what a run takes beside its batches depends little on it. */
const someCohort = { train: 100_000, validation: 20_000, test: 20_000, trainNegatives: 50_000, trainPositives: 50_000, pairs: 50, largest: 5000 };

/**
 * That training steps would not fit into the memory there is: the batch is too large for the network.
 * @param there bytes of memory this machine, or the container, has.
 */
export function checkMemory(experiment: Experiment, folder: string, there: number, placeOf: ParsedExperiment['placeOf']): Diagnostic[] {
  const { encoder, finetune } = experiment;
  if (encoder.kind !== 'resnet') return [];
  const needs = (batch: number): number => memoryOf({ ...experiment, encoder: { ...encoder, pretrain: { ...encoder.pretrain, batch: Math.min(batch, encoder.pretrain.batch) } }, finetune: { ...finetune, batch: Math.min(batch, finetune.batch) } }, someCohort, 512, folder);
  const needed = needs(Infinity);
  if (needed <= there) return [];
  const pretrains = encoder.weights === undefined && encoder.pretrain.epochs > 0;
  const path = pretrains && (!finetune.enabled || encoder.pretrain.batch >= finetune.batch) ? ['encoder', 'pretrain', 'batch'] : ['finetune', 'batch'];
  const fitting = [256, 128, 64, 32, 16, 8, 4].find((batch) => needs(batch) <= there);
  return [
    {
      severity: 'warning',
      code: 'memory-short',
      message: `A training step would take about ${formatBytes(needed)} of memory; this machine has ${formatBytes(there)}.`,
      remedy: fitting === undefined ? 'Use smaller patches, or a narrower or shallower encoder.' : `Batches of ${fitting} patches would fit; or use smaller patches, or a narrower encoder.`,
      place: placeOf(path),
      ...(fitting === undefined ? {} : { fixes: [{ kind: 'set', title: `Set "${path.join('.')}" to ${fitting}`, path, value: fitting }] }),
    },
  ];
}
