import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { auroc, operatingPoints } from '../../../src/mil/metrics/index.js';
import type { Experiment } from '../../../src/shared/experiment/index.js';
import { ofSplit, type Bag } from '../../../src/training/bag.js';
import type { FeatureBank } from '../../../src/training/feature-bank.js';
import { bringEncoderBack, closeWorkshop, openWorkshop } from '../../../src/training/open.js';
import { fitLogisticRegression } from './logistic-regression.js';

/** Mean and maximum of every feature over a bag. */
async function pooled(bag: Bag, features: FeatureBank): Promise<Float64Array> {
  const { data, shape } = await features.bag(bag.id);
  const width = shape[1]!;
  const row = new Float64Array(2 * width).fill(-Infinity, width);
  for (let i = 0; i < data.length; i++) {
    row[i % width]! += data[i]! / shape[0]!;
    row[width + (i % width)] = Math.max(row[width + (i % width)]!, data[i]!);
  }
  return row;
}

/**
 * Slide AUROC on test of mean + max pooling of the encoder's features (as round 1 sees them) with
 * logistic regression; its strength of regularisation is chosen on validation.
 */
export async function poolingBaseline(experiment: Experiment, experimentFolder: string, runFolder: string, cacheFolder: string): Promise<number> {
  mkdirSync(runFolder, { recursive: true });
  const workshop = await openWorkshop({ experiment, experimentFolder, runFolder: path.resolve(runFolder), cacheFolder, resume: false, emit: () => undefined, checkpoint: async () => undefined, now: Date.now });
  try {
    await bringEncoderBack(workshop, 0);
    const features = await workshop.embedder.embed(workshop.bags, () => undefined);
    const rows = new Map<string, Float64Array>();
    for (const bag of workshop.bags) rows.set(bag.id, await pooled(bag, features));
    const area = (bags: Bag[], model: (row: Float64Array) => number) => auroc(operatingPoints(bags.map(({ label }) => label), bags.map(({ id }) => model(rows.get(id)!)))!);
    const train = ofSplit(workshop.bags, 'train');
    const models = [0.001, 0.01, 0.1, 1, 10].map((l2) => fitLogisticRegression(train.map(({ id }) => rows.get(id)!), train.map(({ label }) => label), l2));
    const best = models.reduce((a, b) => (area(ofSplit(workshop.bags, 'validation'), b) > area(ofSplit(workshop.bags, 'validation'), a) ? b : a));
    return area(ofSplit(workshop.bags, 'test'), best);
  } finally {
    closeWorkshop(workshop);
  }
}
