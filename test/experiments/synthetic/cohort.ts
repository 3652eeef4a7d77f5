import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import type { ExperimentInput } from '../../../src/shared/experiment/index.js';
import { Random } from '../../../src/shared/random.js';
import { drawStaining, paintPatch, patchEdge, type PatchKind } from './patches.js';

const columns = 12;
const rows = 12;

/** Chances of each kind of patch in a slide; the rest is stroma. Half of the negative slides have mimics, as have the positive ones. */
function mixOf(label: 0 | 1, random: Random): Partial<Record<PatchKind, number>> {
  const mimic = label === 1 || random.uniform() < 0.5 ? random.between(0.03, 0.1) : 0;
  return { lymphocytes: random.between(0.05, 0.3), mimic, ...(label === 1 ? { tumour: random.between(0.04, 0.12) } : {}) };
}

/**
 * Writes a cohort whose hard negatives are known: slides of 12 × 12 patches, a few of them tumour in
 * positive slides, and mimics, which are hard to tell from tumour, in all positive and half of the
 * negative ones. `kinds.csv` names each patch that is a mimic; nothing in training reads it.
 */
export async function writeSyntheticCohort(folder: string, slides: number, seed: number): Promise<void> {
  mkdirSync(path.join(folder, 'slides'), { recursive: true });
  const random = new Random(seed);
  const table = ['slide_id,path,patient_id,label,mpp'];
  const truth = ['slide_id,x,y,class'];
  for (let i = 0; i < slides; i++) {
    const label = (i % 2) as 0 | 1;
    const own = random.fork(`slide/${i}`);
    const staining = drawStaining(own);
    const mix = mixOf(label, own);
    const image = new Uint8Array(3 * columns * rows * patchEdge ** 2);
    const kinds = Array.from({ length: columns * rows }, () => drawKind(mix, own));
    if (label === 1 && !kinds.includes('tumour')) kinds[own.integer(kinds.length)] = 'tumour';
    kinds.forEach((kind, place) => {
      const [x, y] = [(place % columns) * patchEdge, Math.floor(place / columns) * patchEdge];
      paintPatch(image, columns * patchEdge, { x, y }, kind, staining, own);
      truth.push(`s${i},${x + patchEdge / 2},${y + patchEdge / 2},${kind}`);
    });
    await sharp(image, { raw: { width: columns * patchEdge, height: rows * patchEdge, channels: 3 } }).png().toFile(path.join(folder, 'slides', `s${i}.png`));
    table.push(`s${i},slides/s${i}.png,p${i},${label},0.5`);
  }
  writeFileSync(path.join(folder, 'cohort.csv'), `${table.join('\n')}\n`);
  writeFileSync(path.join(folder, 'kinds.csv'), `${truth.join('\n')}\n`);
}

function drawKind(mix: Partial<Record<PatchKind, number>>, random: Random): PatchKind {
  let left = random.uniform();
  for (const [kind, chance] of Object.entries(mix)) {
    left -= chance;
    if (left < 0) return kind as PatchKind;
  }
  return 'stroma';
}

/** An experiment on it that takes about half a minute, once its encoder is pre-trained, which variants of one seed share. */
export const syntheticExperiment: ExperimentInput = {
  name: 'synthetic',
  cohort: { table: 'cohort.csv', truth: { format: 'points', table: 'kinds.csv', classes: ['tumour'] } },
  split: { validation: 0.25, test: 0.35 },
  tiling: { mpp: 0.5, size: patchEdge, tissue: { method: 'none' } },
  // With a tenth of this pre-training the patch classifier was often upside down (patch AUROC .16 beside a slide AUROC of .97), and mining then went by chance.
  encoder: { kind: 'resnet', depth: 10, width: 0.125, projection: 32, pretrain: { epochs: 10, batch: 64, patchesPerEpoch: 2048 } },
  // A twelfth of a positive slide is tumour: the default, up to 30 %, would mine mostly what is none (the variant "positives up to 30 %" shows it).
  mining: { rounds: 3, positiveRatio: { from: 0.05, to: 0.1, warmup: 1 } },
  finetune: { epochs: 2, batch: 32, lr: 5e-4 },
  // At a fifth of this rate and half the epochs DSMIL told slides by its attention before its patch classifier had learned a thing: what was mined went by chance in two seeds of seven.
  optimizer: { epochs: 40, lr: 5e-3, patience: 15 },
  // Without this the patch logits of so small an encoder hardly leave zero (the variant "features as they are" shows it).
  aggregator: { standardise: true },
  loss: { topK: 5 },
  evaluation: { bootstrap: 0 },
};
