import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { roundFiles, runFiles, runsFolder } from '../../shared/run/layout.js';

/** Bytes that are compared before whole files are: weights of one architecture are of one size. */
const sampleBytes = 4096;

/** The folder of the run that weights come from: the one they lie in, or one of this project that holds the same weights. */
export function runOfWeights(weights: string, baseFolder: string): string | undefined {
  const own = dirname(dirname(dirname(weights)));
  if (existsSync(join(own, runFiles.lineage))) return own;
  const bytes = statSync(weights, { throwIfNoEntry: false })?.size;
  if (bytes === undefined) return undefined;
  return runsOf(baseFolder).find((run) => encodersOf(run).some((file) => statSync(file).size === bytes && sameContent(file, weights, bytes)));
}

/** Where weights are now that a run of a project began with which has been moved: beside that run, if they were another's there. */
export function relocated(weights: string, run: string): string {
  const [name, rounds, round, file] = weights.split(sep).slice(-4);
  if (existsSync(weights) || rounds !== 'rounds') return weights;
  return join(dirname(run), name, rounds, round, file);
}

function runsOf(baseFolder: string): string[] {
  const folder = join(baseFolder, runsFolder);
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)).filter((run) => existsSync(join(run, runFiles.lineage))) : [];
}

function encodersOf(run: string): string[] {
  const folder = join(run, 'rounds');
  return existsSync(folder) ? readdirSync(folder).map((round) => join(folder, basename(round), roundFiles.encoder)).filter((file) => existsSync(file)) : [];
}

function sameContent(a: string, b: string, bytes: number): boolean {
  const middle = Math.floor(bytes / 2);
  return sampleOf(a, middle).equals(sampleOf(b, middle)) && readFileSync(a).equals(readFileSync(b));
}

function sampleOf(file: string, from: number): Buffer {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(sampleBytes);
    return bytes.subarray(0, readSync(handle, bytes, 0, sampleBytes, from));
  } finally {
    closeSync(handle);
  }
}
