import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createFeatureWriter } from '../../../src/cohort/features/index.js';
import { Random } from '../../../src/shared/random.js';
import { timed, type BenchCase } from './case.js';

const slides = 100;
const perSlide = 1000;
const width = 512;
const mil = resolve('dist/mil.js');

/** `mil explain` as a user waits for it: Node's start, the run read, the features of all 100,000 patches, the answer. Nothing stands against it. */
export const explainCommandCase: BenchCase = {
  name: 'explain-command',
  title: `mil explain, whole command, ${slides * perSlide} patches × ${width}`,
  target: 1,
  missing: existsSync(mil) ? undefined : 'npm run build makes dist/mil.js',
  patches: slides * perSlide,
  rounds: 5,
  stepsPerTurn: 1,
  async prepare({ folder }) {
    await writeCohort(folder);
    execFileSync(process.execPath, [mil, 'train', join(folder, 'explain.mil.json')], { stdio: 'ignore' });
    const runs = join(folder, '.mil', 'runs');
    const run = join(runs, readdirSync(runs)[0]!);
    let asked = 0;
    const step = () =>
      timed(() => Promise.resolve(execFileSync(process.execPath, [mil, 'explain', run, 's0', String(256 * (asked++ % perSlide)), '0', '--json'], { encoding: 'utf8' }))).then(({ ms, result }) => ({
        ms,
        value: (JSON.parse(result) as { neighbours: { negatives: unknown[] } }).neighbours.negatives.length,
      }));
    return [{ name: 'Hardmine', side: 'hardmine', step, close: () => undefined }];
  },
};

/** Stored features of slides of both labels, and an experiment of one short round on them. */
async function writeCohort(folder: string): Promise<void> {
  const random = new Random(5);
  const rows = ['slide_id,patient_id,label'];
  for (let slide = 0; slide < slides; slide++) {
    const writer = await createFeatureWriter(join(folder, `s${slide}.h5`), width);
    writer.append(Float32Array.from({ length: perSlide * width }, () => random.between(-1, 1)), { x: Float64Array.from({ length: perSlide }, (_, i) => 256 * i), y: new Float64Array(perSlide), size0: 256 });
    writer.close();
    rows.push(`s${slide},p${slide},${slide % 2}`);
  }
  writeFileSync(join(folder, 'cohort.csv'), `${rows.join('\n')}\n`);
  writeFileSync(
    join(folder, 'explain.mil.json'),
    JSON.stringify({ name: 'explain', cohort: { table: 'cohort.csv' }, encoder: { kind: 'features', folder: '.' }, mining: { rounds: 1 }, optimizer: { epochs: 1 } }),
  );
}
