import type { ExperimentInput } from '../../shared/experiment/index.js';
import { sampleMpp } from '../raster/stain-map.js';
import { labelNames } from './table.js';

/** An experiment on the sample that says something within minutes on two cores. */
export function sampleExperiment(slides: number, size: number): ExperimentInput {
  const share = slides < 12 ? 1 / 3 : 0.25;
  return {
    name: 'sample',
    cohort: { table: 'cohort.csv', classes: [...labelNames], truth: { format: 'geojson', folder: 'truth', classes: ['tumor'] } },
    split: { validation: share, test: share },
    // About sixteen patches across a slide of any size, as long as nuclei can still be told apart.
    tiling: { mpp: Math.min(1, Math.max(sampleMpp, (sampleMpp * size) / 1024)), size: 64 },
    encoder: { kind: 'resnet', depth: 10, width: 0.25, projection: 64, pretrain: { epochs: 3, batch: 64 } },
    // Tumour fills a fifth of a positive slide: trusting more patches than that would teach mistakes.
    mining: { rounds: 3, positiveRatio: { from: 0.1, to: 0.2, warmup: 1 } },
    // A bank of a small cohort makes a few steps an epoch: docs/hard-negatives.md says how many are needed.
    finetune: { epochs: 10 },
    // A handful of slides makes a handful of steps an epoch: fewer, longer ones are needed than a real cohort needs.
    optimizer: { epochs: 60, lr: 1e-3, patience: 0 },
  };
}
