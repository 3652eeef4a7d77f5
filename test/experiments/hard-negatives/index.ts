import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { poolingBaseline } from './baseline.js';
import { draw, drawnCohorts } from './cohorts.js';
import { figure } from './figure.js';
import { outcomeOf, type Outcome } from './outcome.js';
import { spread, tables } from './table.js';
import { experimentOf, train, type Sweep } from './train.js';
import { base, variants, type Variant } from './variants.js';

// Does hard-negative mining work? One experiment with one thing changed at a time, over several
// seeds: `npx tsx test/experiments/hard-negatives synthetic --seeds 10`, or "sample" or a *.mil.json
// file in the place of "synthetic". `--only` takes patterns of "group: name", `--on` the name of a variant
// that the others are built on and compared with, `--hard` the class of the annotations that are known
// hard negatives. Trains what is missing, so a sweep that was stopped goes on, and prints tables as
// Markdown; a figure of the differences is written beside the runs.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '10' },
    'first-seed': { type: 'string', default: '1' },
    only: { type: 'string', multiple: true },
    on: { type: 'string', default: base.name },
    hard: { type: 'string' },
    work: { type: 'string', default: path.resolve(__dirname, '.mil') },
    mil: { type: 'string', default: path.resolve(__dirname, '../../../dist/mil.js') },
  },
});

async function main(): Promise<void> {
  const what = positionals[0] ?? 'synthetic';
  const name = path.basename(what).replace(/\..*/, '');
  const work = path.join(values.work, name);
  mkdirSync(path.join(work, 'done'), { recursive: true });
  const sweep: Sweep = { file: what in drawnCohorts ? await draw(what, work) : path.resolve(what), work, mil: values.mil };
  const { truth } = experimentOf(sweep, 1, base).cohort;
  const hardClass = values.hard ?? drawnCohorts[what]?.hard;
  const hard = truth && hardClass ? { ...truth, classes: [hardClass] } : undefined;
  const ground = variants.find(({ name }) => name === values.on)!;
  const chosen = variants.filter((variant) => !values.only || values.only.some((part) => new RegExp(part).test(`${variant.group}: ${variant.name}`)) || variant === base).map((variant) => onGround(variant, ground));
  const outcomes = new Map<string, Outcome[]>();
  const pooled: number[] = [];
  for (const seed of seedsAsked()) {
    pooled.push(await baselineOf(sweep, seed));
    for (const variant of chosen) {
      const outcome = await outcomeOf(train(sweep, variant, seed), hard);
      outcomes.set(variant.name, [...(outcomes.get(variant.name) ?? []), outcome]);
      process.stderr.write(`seed ${seed}, ${variant.name}: ${JSON.stringify(outcome)}\n`);
    }
  }
  writeFileSync(path.join(work, 'outcomes.json'), JSON.stringify(Object.fromEntries(outcomes), undefined, 1));
  if (Number(values.seeds) > 1) writeFileSync(path.join(work, 'figure.svg'), figure(outcomes));
  process.stdout.write(`Logistic regression on mean and maximum of the features, slide AUROC: ${spread(pooled)}\n\n${tables(outcomes)}\n`);
}

function seedsAsked(): number[] {
  return Array.from({ length: Number(values.seeds) }, (_, i) => Number(values['first-seed']) + i);
}

/** The variant with what the ground changes changed before: what it is compared with is then the ground. */
function onGround(variant: Variant, ground: Variant): Variant {
  return variant === base ? { ...ground, name: base.name } : { ...variant, change: (experiment) => (ground.change(experiment), variant.change(experiment)) };
}

/** What simple pooling of the features of round 1 reaches; kept. */
async function baselineOf(sweep: Sweep, seed: number): Promise<number> {
  const marker = path.join(sweep.work, 'done', `pooling-${seed}.json`);
  if (!existsSync(marker)) writeFileSync(marker, JSON.stringify(await poolingBaseline(experimentOf(sweep, seed, base), path.dirname(sweep.file), path.join(sweep.work, `pooling-${seed}`), path.join(sweep.work, '.mil/cache'))));
  return JSON.parse(readFileSync(marker, 'utf8')) as number;
}

void main();
