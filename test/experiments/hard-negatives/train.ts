import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { experimentSchema, type Experiment } from '../../../src/shared/experiment/index.js';
import { base, type Variant } from './variants.js';

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
  const marker = path.join(sweep.work, 'done', `${hashOf(asked(sweep, seed, experiment))}.run`);
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

/** What a run is known by: the file and what the variant changes in it. An option that is new, and left alone, does not ask for another run. */
function asked(sweep: Sweep, seed: number, experiment: Experiment): string {
  const untouched = leavesOf(experimentOf(sweep, seed, base));
  const changed = [...leavesOf(experiment)].filter(([key, value]) => untouched.get(key) !== value);
  return JSON.stringify([JSON.parse(readFileSync(sweep.file, 'utf8')), seed, changed.sort()]);
}

/** Each value that is no object or list, by the path of its keys. */
function leavesOf(value: unknown, prefix = ''): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([[prefix, value]]);
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...leavesOf(inner, `${prefix}/${key}`)]));
}

/** FNV-1a, 64 bits: names what was asked, no secret. */
function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}
