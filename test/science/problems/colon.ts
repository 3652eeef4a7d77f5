import { existsSync } from 'node:fs';
import path from 'node:path';
import { Random } from '../../../src/shared/random.js';
import { convolutionalEncoder, publishedNetwork } from '../networks/index.js';
import { designOf, partsOf, stratifiedFolds } from '../protocol/folds.js';
import { channels, edge, readNucleusBags } from './nuclei.js';
import { viewOf } from './nucleus-views.js';
import type { Problem } from './problem.js';
import { sharedData } from './shared-data.js';

const folder = path.join(sharedData, 'colon');
const folds = 10;
const design = designOf(folds, 2);
/** Five repeats, ± the standard error. */
const later = 'PMC10072016, table 6 (± standard error)';
const views = { nuclei: 32, stain: 0.1 };

/** Colon nuclei (Ilse et al. 2018, §4.3): an image is a bag, positive where it holds an epithelial nucleus; 27 × 27 px around each nucleus are an instance. */
export const colonNuclei: Problem = {
  name: 'colon',
  title: 'Colon cancer nuclei (100 images, 22,444 nuclei, 27 × 27 px at 20×)',
  protocol: `Stratified 10-fold cross-validation by image (there are no patient ids), repeated. Each network learns from eight folds; two networks leave a fold out, each beside another fold. The epoch of a fold is selected on those two other folds; there its two networks vote. All weights are trained end to end. A step sees ${views.nuclei} nuclei of an image, drawn, mirrored, turned by quarter turns and with their stains varied anew (published: all nuclei); scoring sees all.`,
  design,
  version: 5,
  recipe: { optimizer: { kind: 'adam', weightDecay: 5e-4 }, learningRate: 3e-4, schedule: 'cosine', epochs: 20, scoreEvery: 4, dropout: 0.5, source: 'network, optimiser and weight decay after Ilse et al. 2018; there 100 epochs at a constant 1e-4' },
  published: [
    { method: 'attention', accuracy: '.900 ± .009', auroc: '.959 ± .008', source: later },
    { method: 'gated attention', accuracy: '.890 ± .010', auroc: '.955 ± .009', source: later },
    { method: 'attention (first publication)', accuracy: '.904', auroc: '.968', source: 'Ilse et al., ICML 2018' },
    { method: 'mean pooling', accuracy: '.832 ± .012', auroc: '.902 ± .008', source: later },
    { method: 'max pooling', accuracy: '.810 ± .013', auroc: '.910 ± .009', source: later },
  ],
  missing: existsSync(folder) ? undefined : `${folder} is not here`,
  async prepare() {
    const bags = await readNucleusBags(folder);
    return {
      parts(seed, network) {
        const foldOf = stratifiedFolds(bags.map(({ label }) => label), folds, new Random(seed).fork('folds'));
        return partsOf(bags, foldOf, design[network]!);
      },
      network: (kind, { dropout }) =>
        publishedNetwork(kind, { dense: [512, 512], attention: 128, dropout }, (dense) =>
          convolutionalEncoder({ edge, channels, convolutions: [{ filters: 36, edge: 4 }, { filters: 48, edge: 3 }], dense, dropout }),
        ),
      augment: (bag, random) => viewOf(bag, views, random),
    };
  },
};
