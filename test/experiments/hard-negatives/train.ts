import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { experimentSchema, type Experiment } from '../../../src/shared/experiment/index.js';
import type { Variant } from './variants.js';

/** Where a sweep starts and where it keeps what it did. */
export interface Sweep {
  /** Experiment file all variants start from. */
  readonly file: string;
  /** Folder of runs and markers. */
  readonly work: string;
  /** The command line, built. */
  readonly mil: string;
}

/** The experiment of a variant; each seed draws its own split and its own weights. */
export function experimentOf({ file }: Sweep, seed: number, { change }: Variant): Experiment {
  const experiment = experimentSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const absolute = (relative: string) => path.resolve(path.dirname(file), relative);
  experiment.seed = seed;
  experiment.split.seed = seed;
  experiment.cohort.table = absolute(experiment.cohort.table);
  if (experiment.cohort.truth?.format === 'points') experiment.cohort.truth.table = absolute(experiment.cohort.truth.table);
  if (experiment.cohort.truth?.format === 'geojson') experiment.cohort.truth.folder = absolute(experiment.cohort.truth.folder);
  if (experiment.encoder.kind === 'onnx') experiment.encoder.file = absolute(experiment.encoder.file);
  change(experiment);
  return experiment;
}

/** Trains one variant with one seed through the command line, unless an experiment that says the same was trained already. @returns the run folder. */
export function train(sweep: Sweep, variant: Variant, seed: number): string {
  const experiment = experimentOf(sweep, seed, variant);
  const asked = JSON.stringify({ ...experiment, name: '' });
  const marker = path.join(sweep.work, 'done', `${hashOf(asked)}.run`);
  if (existsSync(marker)) return readFileSync(marker, 'utf8');
  const name = `${variant.name.replace(/[^\w]+/g, '-')}-${seed}`;
  const written = path.join(sweep.work, `${name}.mil.json`);
  writeFileSync(written, JSON.stringify({ ...experiment, name }, undefined, 2));
  const { status, stdout, stderr } = spawnSync(process.execPath, [sweep.mil, 'train', written, '--json'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${name} ended with ${status}\n${stderr}`);
  const { run } = JSON.parse(stdout.trim().split('\n').at(-1)!) as { run: string };
  writeFileSync(marker, path.resolve(sweep.work, run));
  return path.resolve(sweep.work, run);
}

/** FNV-1a, 64 bits: names what was asked, no secret. */
function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}
