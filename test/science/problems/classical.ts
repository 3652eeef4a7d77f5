import type { Problem, Recipe } from './problem.js';
import { tabularProblem } from './tabular.js';

/** Network, optimiser, momentum and weight decay after Ilse et al. 2018; docs/benchmarks.md says how the rest was chosen. */
const recipe = (weightDecay: number, rest: Pick<Recipe, 'learningRate' | 'schedule' | 'epochs' | 'dropout' | 'scaling'>): Recipe => ({
  optimizer: { kind: 'sgd', momentum: 0.9, weightDecay },
  scoreEvery: 1,
  source: 'network, momentum and weight decay after Ilse et al. 2018; rate, epochs and dropout by folds of other seeds (docs/benchmarks.md)',
  ...rest,
});
const ilse = 'Ilse et al., ICML 2018';
const classical = 'mean of cross-validations; no deviation known here';

/** The classical problems, with the weight decay that the paper gives for each. */
export const classicalProblems: readonly Problem[] = [
  tabularProblem({
    name: 'musk1',
    title: 'MUSK1 (92 molecules, 476 conformations, 166 features)',
    recipe: recipe(5e-3, { learningRate: 1e-3, epochs: 50, dropout: 0 }),
    published: [
      { method: 'attention', accuracy: '.892 ± .040', source: ilse },
      { method: 'gated attention', accuracy: '.900 ± .050', source: ilse },
      { method: 'MI-SVM', accuracy: '.851', auroc: '.942', source: classical },
      { method: 'MInD', accuracy: '.901', auroc: '.956', source: classical },
    ],
  }),
  tabularProblem({
    name: 'musk2',
    title: 'MUSK2 (102 molecules, 6,598 conformations, 166 features)',
    recipe: recipe(3e-2, { learningRate: 1e-3, schedule: 'cosine', epochs: 30, dropout: 0 }),
    published: [
      { method: 'attention', accuracy: '.858 ± .048', source: ilse },
      { method: 'gated attention', accuracy: '.863 ± .042', source: ilse },
      { method: 'MI-SVM', accuracy: '.805', auroc: '.945', source: classical },
      { method: 'MInD', accuracy: '.924', auroc: '.963', source: classical },
    ],
  }),
  tabularProblem({
    name: 'fox',
    title: 'FOX (200 images, 1,320 segments, 230 features)',
    recipe: recipe(5e-3, { learningRate: 2e-3, schedule: 'cosine', epochs: 40, dropout: 0.5, scaling: 'ranks' }),
    published: [
      { method: 'attention', accuracy: '.615 ± .043', source: ilse },
      { method: 'gated attention', accuracy: '.603 ± .029', source: ilse },
      { method: 'MI-SVM', accuracy: '.614', auroc: '.682', source: classical },
      { method: 'MInD', accuracy: '.631', auroc: '.669', source: classical },
    ],
  }),
];
