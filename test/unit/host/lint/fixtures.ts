import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { experimentSchema, type ExperimentInput } from '../../../../src/shared/experiment/index.js';
import { replaceJson } from '../../../../src/shared/files.js';

const hash = 'f00d'.repeat(16);

/** The folder of a run that is done; its cohort table stands beside it. @returns the weights of its third round. */
export function plantRun(folder: string, name: string, split: Record<string, 'train' | 'validation' | 'test'>, change: Partial<ExperimentInput> = {}, hashes: Record<string, string> = {}): string {
  const run = join(folder, '.mil/runs', name);
  mkdirSync(join(run, 'rounds/03'), { recursive: true });
  replaceJson(join(run, 'experiment.json'), experimentSchema.parse({ name, cohort: { table: 'cohort.csv' }, mining: { rounds: 3 }, ...change }));
  replaceJson(join(run, 'status.json'), { state: 'done', name, experimentFile: join(folder, 'x.mil.json'), round: 3, rounds: 3, progress: 1, pid: 1, host: 'here', started: 1, heartbeat: 1 });
  replaceJson(join(run, 'lineage.json'), { hardmine: '0.1.0', node: 'v20', platform: 'linux-x64', engine: { kind: 'onnx', version: '1', threads: 2, reason: '' }, packages: {}, seed: 1, splitSeed: 1, hashes: { experiment: hash, cohort: hash, split: hash, slides: hashes }, split });
  return join(run, 'rounds/03/encoder.safetensors');
}

/** Six slides of five patients: s1 and s5 are of one. */
export function plantTable(folder: string): void {
  writeFileSync(join(folder, 'cohort.csv'), ['slide_id,path,label,patient_id', ...Array.from({ length: 6 }, (_, i) => `s${i},s${i}.png,${i % 2},p${i === 5 ? 1 : i}`)].join('\n'));
}
