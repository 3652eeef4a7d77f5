import path from 'node:path';
import type { Learner } from '../encoders/contract.js';
import { ofSplit } from './bag.js';
import { cacheKey } from './cache-key.js';
import { loadEncoderState, saveEncoderState } from './encoder-state.js';
import { learningHooks } from './learning-hooks.js';
import type { Workshop } from './workshop.js';

/**
 * What the encoder does before round 1, on training patches alone (SimCLR, or the features of
 * augmented views). Its result depends only on what the cache key names, so runs that differ
 * elsewhere share it; a run stopped on the way goes on at the last whole epoch.
 */
export async function prepareEncoder(workshop: Workshop, learner: Learner): Promise<void> {
  const { context, engine, bags, encoder, random, stages, material } = workshop;
  const { experiment, cacheFolder } = context;
  const train = ofSplit(bags, 'train');
  const { kind, version, threads, device } = engine.info;
  const key = cacheKey(encoder.fingerprint(), experiment.encoder, experiment.augmentations, experiment.seed, kind, version, threads, device, train.map(({ hash }) => hash));
  const scratch = path.join(cacheFolder, 'encoders', key);
  await stages.run('pretrain', 0, async (progress) => {
    const done = await loadEncoderState(scratch);
    if (done) learner.restore(done.state);
    const patches = material.patches!(train);
    try {
      await learner.prepare(patches, {
        random: random.fork('pretrain'),
        scratch,
        ...(done ? { epochsDone: done.epochs } : {}),
        hooks: {
          ...learningHooks(context, 'pretrain', 0, progress),
          onEpoch: async ({ epoch, loss, lr }) => {
            await saveEncoderState(scratch, learner.state(), epoch);
            context.emit({ type: 'loss', stage: 'pretrain', round: 0, epoch, split: 'train', total: loss, contrastive: loss, lr });
          },
        },
      });
    } finally {
      patches.close();
    }
  });
}
