import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import manifest from '../../package.json';
import type { Split } from '../cohort/contract.js';
import type { EngineInfo } from '../engine/contract.js';
import { tf } from '../engine/tfjs.js';
import type { Encoder } from '../encoders/contract.js';
import { HardmineError } from '../shared/errors.js';
import { outputNames } from '../shared/experiment/classes.js';
import type { Experiment } from '../shared/experiment/index.js';
import { replaceJson } from '../shared/files.js';
import { runFiles } from '../shared/run/layout.js';
import { lineageSchema, type Lineage } from '../shared/run/state.js';
import { ofSplit, type Bag } from './bag.js';
import type { RunContext } from './context.js';
import type { Material } from './material/contract.js';

/**
 * Writes what the numbers depend on; when resuming, makes sure that it is still so.
 * @throws HardmineError `run-not-resumable` naming what has changed.
 */
export function keepLineage({ context, engine, encoder, bags, material, split }: { context: RunContext; engine: EngineInfo; encoder: Encoder; bags: readonly Bag[]; material: Material; split: Split }): void {
  const { experiment, experimentFolder, runFolder } = context;
  const assigned = Object.fromEntries(split);
  const quality = bags.flatMap((bag) => {
    const seen = material.quality?.(bag);
    return seen ? [[bag.id, seen] as const] : [];
  });
  const lineage: Lineage = {
    hardmine: manifest.version,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    engine: { kind: engine.kind, version: engine.version, threads: engine.threads, reason: engine.reason },
    packages: { '@tensorflow/tfjs-core': tf.version_core, sharp: sharp.versions.sharp ?? '', libvips: sharp.versions.vips, libjpeg: sharp.versions.mozjpeg ?? '' },
    seed: experiment.seed,
    splitSeed: experiment.split.seed,
    hashes: {
      experiment: sha(JSON.stringify(experiment)),
      cohort: sha(readFileSync(path.resolve(experimentFolder, experiment.cohort.table))),
      split: sha(JSON.stringify(assigned)),
      encoder: encoder.fingerprint(),
      slides: Object.fromEntries(bags.map(({ id, hash }) => [id, hash])),
    },
    split: assigned,
    parts: partsOf(bags, experiment),
    ...(quality.length > 0 && { quality: Object.fromEntries(quality) }),
  };
  const file = path.join(runFolder, runFiles.lineage);
  if (context.resume && existsSync(file)) return sameAs(lineageSchema.parse(JSON.parse(readFileSync(file, 'utf8'))), lineage, file);
  replaceJson(file, lineage);
}

/** Notes the judgements a round mines under, which may change while the run goes on; none: undefined. */
export function noteJudgements(runFolder: string, round: number, judgements: string | undefined): void {
  const file = path.join(runFolder, runFiles.lineage);
  const lineage = lineageSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const { [round]: before, ...others } = lineage.hashes.judgements ?? {};
  const now = judgements === undefined ? undefined : sha(judgements);
  if (now !== before) replaceJson(file, { ...lineage, hashes: { ...lineage.hashes, judgements: now === undefined ? others : { ...others, [round]: now } } } satisfies Lineage);
}

function partsOf(bags: readonly Bag[], { cohort }: Experiment): Lineage['parts'] {
  const names = outputNames(cohort);
  const count = (own: readonly Bag[]): Record<string, number> => ({
    ...(cohort.negative ? { [cohort.classes[0]]: own.filter(({ classes }) => classes.length === 0).length } : {}),
    ...Object.fromEntries(names.map((name, k) => [name, own.filter(({ classes }) => classes.includes(k)).length])),
  });
  return Object.fromEntries(
    [...new Set(bags.map(({ split }) => split))].map((part) => {
      const own = ofSplit(bags, part);
      return [part, { slides: own.length, patients: new Set(own.map(({ patient }) => patient)).size, classes: count(own) }];
    }),
  );
}

function sha(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function sameAs(then: Lineage, now: Lineage, file: string): void {
  const changed = [
    ...(['experiment', 'split', 'encoder'] as const).filter((part) => then.hashes[part] !== now.hashes[part]),
    ...Object.keys(now.hashes.slides).filter((id) => then.hashes.slides[id] !== now.hashes.slides[id]).map((id) => `slide "${id}"`),
    ...(['kind', 'version', 'threads'] as const).filter((part) => then.engine[part] !== now.engine[part]).map((part) => `engine ${part} (${then.engine[part]} → ${now.engine[part]})`),
  ];
  if (changed.length === 0) return;
  throw new HardmineError('run-not-resumable', `Since this run was started, these have changed: ${changed.join(', ')}.`, { place: { file }, remedy: 'Put them back as they were, or start a new run.' });
}
