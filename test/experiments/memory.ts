import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createFeatureWriter } from '../../src/cohort/features/index.js';
import { Random } from '../../src/shared/random.js';
import { formatBytes } from '../../src/shared/units.js';

// How much memory a run on stored features takes: `npx tsx test/experiments/memory.ts` writes a
// cohort of 8 GB (it needs the disk space in the temporary folder), trains one epoch on it and
// prints the peak resident memory of the training host. Linux only.

const { values } = parseArgs({ options: { slides: { type: 'string', default: '400' }, patches: { type: 'string', default: '5000' }, features: { type: 'string', default: '1024' } } });
const [slides, patches, featureSize] = [Number(values.slides), Number(values.patches), Number(values.features)];

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hardmine-memory-'));
  try {
    await writeCohort(folder);
    process.stdout.write(`${slides} slides × ${patches} patches × ${featureSize} features: ${formatBytes(slides * patches * featureSize * 4)}\n`);
    const { peak, code } = await train(path.join(folder, 'memory.mil.json'));
    process.stdout.write(`exit code ${code}, peak resident memory ${formatBytes(peak)}\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function writeCohort(folder: string): Promise<void> {
  mkdirSync(path.join(folder, 'features'));
  const random = new Random(1);
  // One block of noise, read from a new place for each slide: drawing 8 GB would take minutes.
  const noise = Float32Array.from({ length: (patches + slides) * featureSize }, () => random.normal());
  const rows = ['slide_id,patient_id,label'];
  for (let slide = 0; slide < slides; slide++) {
    const writer = await createFeatureWriter(path.join(folder, 'features', `s${slide}.h5`), featureSize);
    writer.append(noise.subarray(slide * featureSize, (slide + patches) * featureSize), { x: Float64Array.from({ length: patches }, (_, i) => 256 * i), y: new Float64Array(patches), size0: 256 });
    writer.close();
    rows.push(`s${slide},p${slide},${slide % 2}`);
  }
  writeFileSync(path.join(folder, 'cohort.csv'), `${rows.join('\n')}\n`);
  writeFileSync(path.join(folder, 'memory.mil.json'), JSON.stringify({ name: 'memory', cohort: { table: 'cohort.csv' }, encoder: { kind: 'features', folder: 'features' }, mining: { rounds: 1, positiveRatio: { warmup: 0 } }, optimizer: { epochs: 1 } }));
}

function train(file: string): Promise<{ peak: number; code: number | null }> {
  const child = spawn(process.execPath, [path.resolve(__dirname, '../../dist/mil.js'), 'train', file, '--json'], { stdio: ['ignore', 'ignore', 'inherit'] });
  let peak = 0;
  const poll = setInterval(() => {
    try {
      const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
      peak = Math.max(peak, Number(kilobytes ?? 0) * 1024);
    } catch {
      // The process has just ended.
    }
  }, 200);
  return new Promise((resolve) => child.on('close', (code) => (clearInterval(poll), resolve({ peak, code }))));
}

void main();
