import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { experimentSchema, type Experiment } from '../../src/shared/experiment/index.js';
import { readResult, readRounds } from '../../src/shared/run/read.js';
import { poolingBaseline } from './baseline.js';
import { meanOf, pairedDifference, spread } from './summary.js';

// What the paper claims, tested on one cohort: the same experiment with one thing changed at a
// time, over several seeds (each seed draws its own split). `npx tsx test/experiments/sweep.ts
// FILE.mil.json --seeds 5` trains what is missing and prints the table as Markdown.

const { values, positionals } = parseArgs({ allowPositionals: true, options: { seeds: { type: 'string', default: '5' }, only: { type: 'string', multiple: true }, mil: { type: 'string', default: path.resolve(__dirname, '../../dist/mil.js') } } });
const file = path.resolve(positionals[0]!);
const folder = path.dirname(file);
const work = path.join(folder, '.mil', 'sweep', path.basename(file).replace(/\..*/, ''));

type Change = (experiment: Experiment) => void;
const variants: Record<string, Change> = {
  'no fine-tuning': (e) => {
    e.finetune.enabled = false;
    e.mining.rounds = 1;
  },
  'no fine-tuning, no ranking': (e) => {
    e.finetune.enabled = false;
    e.mining.rounds = 1;
    e.loss.ranking = 0;
  },
  'all negatives (100 %)': (e) => (e.mining.hardNegativeRatio = 1),
  'hard negatives 20 %': (e) => (e.mining.hardNegativeRatio = 0.2),
  'hard negatives 5 %': (e) => (e.mining.hardNegativeRatio = 0.05),
  'hard negatives 5 %, no ranking': (e) => {
    e.mining.hardNegativeRatio = 0.05;
    e.loss.ranking = 0;
  },
};

interface Outcome {
  readonly slide: number;
  readonly instance: number;
  readonly instancePrecision: number;
  readonly falseAlarms: number;
  readonly bank: number;
  readonly secondsPerRound: number;
}

function experimentOf(seed: number, change: Change): Experiment {
  const experiment = experimentSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const absolute = (relative: string) => path.resolve(folder, relative);
  experiment.seed = seed;
  experiment.split.seed = seed;
  experiment.cohort.table = absolute(experiment.cohort.table);
  if (experiment.cohort.truth?.format === 'points') experiment.cohort.truth.table = absolute(experiment.cohort.truth.table);
  if (experiment.cohort.truth?.format === 'geojson') experiment.cohort.truth.folder = absolute(experiment.cohort.truth.folder);
  if (experiment.encoder.kind === 'onnx') experiment.encoder.file = absolute(experiment.encoder.file);
  change(experiment);
  return experiment;
}

/** Trains one variant with one seed through the command line, unless it is already done. */
function train(variant: string, seed: number): Outcome {
  const name = `${variant.replace(/[^\w]+/g, '-')}-${seed}`;
  const marker = path.join(work, `${name}.run`);
  if (!existsSync(marker)) {
    const written = path.join(work, `${name}.mil.json`);
    writeFileSync(written, JSON.stringify({ ...experimentOf(seed, variants[variant]!), name }, undefined, 2));
    const { status, stdout, stderr } = spawnSync(process.execPath, [values.mil, 'train', written, '--json'], { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (status !== 0) throw new Error(`${name} ended with ${status}\n${stderr}`);
    const { run } = JSON.parse(stdout.trim().split('\n').at(-1)!) as { run: string };
    writeFileSync(marker, path.resolve(run));
  }
  const run = readFileSync(marker, 'utf8');
  const result = readResult(run)!;
  const rounds = readRounds(run).map(({ metrics }) => metrics);
  return {
    slide: result.test.auroc.value!,
    instance: result.instance!.test.auroc.value!,
    instancePrecision: result.instance!.test.averagePrecision.value!,
    falseAlarms: result.instance!.test.negativeSlidePositiveShare!,
    bank: rounds.at(-1)!.mining?.hardNegativePrecision ?? NaN,
    secondsPerRound: meanOf(rounds.map(({ milliseconds }) => Object.values(milliseconds).reduce((a, b) => a + b, 0) / 1000)),
  };
}

async function main(): Promise<void> {
  mkdirSync(work, { recursive: true });
  const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1);
  const outcomes: Record<string, Outcome[]> = {};
  const baseline: number[] = [];
  for (const seed of seeds) {
    for (const variant of Object.keys(variants).filter((name) => !values.only || values.only.includes(name))) {
      (outcomes[variant] ??= []).push(train(variant, seed));
      process.stderr.write(`seed ${seed}, ${variant}: ${JSON.stringify(outcomes[variant].at(-1))}\n`);
    }
    const marker = path.join(work, `baseline-${seed}.json`);
    if (!existsSync(marker)) writeFileSync(marker, JSON.stringify(await poolingBaseline(experimentOf(seed, () => undefined), folder, path.join(work, `baseline-${seed}`), path.join(work, '.mil/cache'))));
    baseline.push(JSON.parse(readFileSync(marker, 'utf8')) as number);
    process.stderr.write(`seed ${seed}, baseline: ${baseline.at(-1)}\n`);
  }

  const reference = outcomes['no fine-tuning'];
  const lines = [
    `| variant (${seeds.length} seeds) | slide AUROC | Δ slide AUROC | instance AUROC | Δ instance AUROC | instance AP | negative-slide patches called positive | truly negative in the bank | s a round |`,
    '|---|---|---|---|---|---|---|---|---|',
    `| mean + max pooling, logistic regression | ${spread(baseline)} | ${reference ? pairedDifference(baseline, reference.map(({ slide }) => slide)) : ''} | – | – | – | – | – | – |`,
  ];
  for (const [variant, rows] of Object.entries(outcomes)) {
    const column = (key: keyof Outcome) => rows.map((row) => row[key]);
    const difference = (key: keyof Outcome) => (reference && rows !== reference ? pairedDifference(column(key), reference.map((row) => row[key])) : '–');
    lines.push(
      `| ${variant} | ${spread(column('slide'))} | ${difference('slide')} | ${spread(column('instance'))} | ${difference('instance')} | ${spread(column('instancePrecision'))} | ${spread(column('falseAlarms'))} | ${spread(column('bank'))} | ${meanOf(column('secondsPerRound')).toFixed(1)} |`,
    );
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}

void main();
