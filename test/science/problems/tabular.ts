import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Random } from '../../../src/shared/random.js';
import { denseLayers, publishedNetwork } from '../networks/index.js';
import { designOf, partsOf, stratifiedFolds } from '../protocol/folds.js';
import { ranked } from '../protocol/ranks.js';
import { standardise } from '../protocol/standardise.js';
import type { Bag, Problem, Published, Recipe } from './problem.js';
import { sharedData } from './shared-data.js';

const folds = 10;
const design = designOf(folds, 4);
/** Dense layers and attention of the network for classical MIL problems (Ilse et al. 2018, appendix). */
const sizes = { dense: [256, 128, 64], attention: 64 };

export interface TabularProblem {
  readonly name: string;
  readonly title: string;
  readonly recipe: Recipe;
  readonly published: readonly Published[];
}

/** A classical MIL problem: bags of feature vectors in a table `bag,label,features…`. */
export function tabularProblem({ name, title, recipe, published }: TabularProblem): Problem {
  const file = path.join(sharedData, 'mil', `${name}.csv.gz`);
  return {
    name,
    title,
    design,
    version: 3,
    recipe,
    published,
    protocol: 'Stratified 10-fold cross-validation, repeated. Each network learns from eight folds, with features standardised on those eight; four networks leave a fold out, each beside another fold. The epoch of a fold is selected on those four other folds, of which the networks have learned nothing; there its four networks vote.',
    missing: existsSync(file) ? undefined : `${file} is not here`,
    async prepare() {
      const bags = readBags(file);
      return {
        parts(seed, network, { scaling }) {
          const foldOf = stratifiedFolds(bags.map(({ label }) => label), folds, new Random(seed).fork('folds'));
          return (scaling === 'ranks' ? ranked : standardise)(partsOf(bags, foldOf, design[network]!));
        },
        network: (kind, { dropout }) => publishedNetwork(kind, { ...sizes, dropout }, (dense) => ({ inputs: bags[0]!.size, ...denseLayers(bags[0]!.size, dense, dropout) })),
      };
    },
  };
}

function readBags(file: string): Bag[] {
  const rows = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n').map((line) => line.split(',').map(Number));
  const byBag = new Map<number, number[][]>();
  for (const row of rows) byBag.set(row[0]!, [...(byBag.get(row[0]!) ?? []), row]);
  return [...byBag].map(([id, own]) => ({ id: String(id), label: own[0]![1] as 0 | 1, instances: Float32Array.from(own.flatMap((row) => row.slice(2))), size: own[0]!.length - 2 }));
}
