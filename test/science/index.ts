/**
 * npm run bench:science [-- --only musk1,fox --aggregators abmil,dsmil|all --seeds 5 --first-seed 1 --quick --minutes 10 --recipe JSON --control --table]
 * The field's benchmarks under a stated protocol. Trains what is missing, network by network, and prints a table for each.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createOnnxEngine } from '../../src/engine/onnx/index.js';
import type { Engine } from '../../src/engine/contract.js';
import { Random } from '../../src/shared/random.js';
import { classicalProblems } from './problems/classical.js';
import { colonNuclei } from './problems/colon.js';
import { mnistBags } from './problems/mnist-bags.js';
import { networksOf, type PreparedProblem, type Problem, type Recipe } from './problems/problem.js';
import { withShuffledLabels } from './protocol/control.js';
import { fitter } from './protocol/fit.js';
import { ResultStore } from './results/store.js';
import { rowOf, tableOf } from './results/table.js';
import { variants, type Variant } from './variants.js';

const problems: readonly Problem[] = [...classicalProblems, mnistBags, colonNuclei];

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: problems.map(({ name }) => name).join() },
    /** By default the one that has published figures on all of them; `all` takes days. */
    aggregators: { type: 'string', default: 'abmil' },
    /** Repeats: each draws its folds, its weights and its order anew. */
    seeds: { type: 'string', default: '5' },
    'first-seed': { type: 'string', default: '1' },
    /** One repeat of a few epochs, to see that all of it runs. */
    quick: { type: 'boolean', default: false },
    /** Another recipe, e.g. '{"dropout": 0, "epochs": 100}': its results lie beside the others. */
    recipe: { type: 'string', default: '{}' },
    /** Stops after the network that ends behind this time; the next run goes on. */
    minutes: { type: 'string', default: 'Infinity' },
    /** Prints what is there and trains nothing. */
    table: { type: 'boolean', default: false },
    /** Labels are shuffled among the bags: a control, which should come to chance. */
    control: { type: 'boolean', default: false },
    threads: { type: 'string', default: '1' },
    results: { type: 'string', default: path.resolve('.mil/science') },
  },
});

async function main(): Promise<void> {
  const asked = { ...(JSON.parse(options.recipe) as Partial<Recipe>), ...(options.quick ? { epochs: 2 } : {}) };
  const chosen = pick(problems, options.only).map((problem) => ({ ...problem, recipe: { ...problem.recipe, ...asked } }));
  const trained = options.aggregators === 'all' ? variants : pick(variants, options.aggregators);
  const seeds = Array.from({ length: options.quick ? 1 : Number(options.seeds) }, (_, i) => Number(options['first-seed']) + i);
  const deadline = performance.now() + Number(options.minutes) * 60_000;
  const engine = await createOnnxEngine({ threads: Number(options.threads), reason: 'the fastest at these sizes' });
  for (const problem of chosen) {
    if (problem.missing) {
      console.error(`${problem.title}: skipped, ${problem.missing}`);
      continue;
    }
    const storeOf = ({ name }: Variant) => new ResultStore(options.results, problem, options.control ? `${name}-control` : name);
    if (!options.table) await train(engine, problem, trained, seeds, storeOf, deadline);
    console.log(`${tableOf(problem, trained.map((variant) => rowOf(variant.name, storeOf(variant).read().filter(({ seed }) => seeds.includes(seed)), problem)))}\n`);
  }
  process.exit(0);
}

/** Every network that is not done: all aggregators of one repeat before the next repeat. */
async function train(engine: Engine, problem: Problem, trained: readonly Variant[], seeds: readonly number[], storeOf: (variant: Variant) => ResultStore, deadline: number): Promise<void> {
  let prepared: PreparedProblem | undefined;
  const fitters = new Map<Variant, ReturnType<typeof fitter>>();
  const fitterOf = (variant: Variant, { network, augment }: PreparedProblem) => {
    const fit = fitters.get(variant) ?? fitter(engine, { network: network(variant.kind, problem.recipe), recipe: problem.recipe, pairLoss: variant.pairLoss, augment });
    fitters.set(variant, fit);
    return fit;
  };
  for (const seed of seeds) {
    for (const variant of trained) {
      const store = storeOf(variant);
      const done = new Set(store.read().filter((result) => result.seed === seed).map(({ network }) => network));
      for (let network = 0; network < networksOf(problem); network++) {
        if (done.has(network)) continue;
        if (performance.now() > deadline) {
          console.error(`${problem.name}: stopped after ${options.minutes} minutes, the next run goes on`);
          return;
        }
        prepared ??= await problem.prepare();
        const start = performance.now();
        const parts = prepared.parts(seed, network, problem.recipe);
        const curve = await fitterOf(variant, prepared)(options.control ? withShuffledLabels(parts, new Random(seed).fork('control')) : parts, new Random(seed).fork(`network/${network}`));
        const seconds = (performance.now() - start) / 1000;
        store.append({ seed, network, seconds, curve });
        console.error(`${problem.name}, seed ${seed}, ${variant.name}: network ${network + 1} of ${networksOf(problem)} in ${seconds.toFixed(0)} s`);
      }
    }
  }
}

function pick<T extends { readonly name: string }>(all: readonly T[], names: string): T[] {
  return names.split(',').map((name) => {
    const found = all.find((item) => item.name === name);
    if (!found) throw new Error(`nothing is named "${name}": ${all.map((item) => item.name).join(', ')}`);
    return found;
  });
}

void main();
