import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintCohort } from '../../../src/cohort/lint/index.js';
import { splitCohort } from '../../../src/cohort/split.js';
import { readCohort } from '../../../src/cohort/table/cohort.js';
import { experimentSchema } from '../../../src/shared/experiment/index.js';
import { Random } from '../../../src/shared/random.js';
import { cacheFolder } from '../../../src/shared/run/layout.js';
import type { BenchCase } from './case.js';

const slides = 10_000;

/** The rules' part of one live check of a large cohort: table, split and leaks, CPU time. Nothing stands against it. */
export const lintCases: readonly BenchCase[] = [lintCase('lint', 'nobody looked at slides', false), lintCase('lint-prints', 'every slide looked at', true)];

function lintCase(name: string, known: string, looked: boolean): BenchCase {
  return {
    name,
    title: `Live check of ${slides} slides, ${known} (CPU)`,
    target: 1,
    rounds: 7,
    stepsPerTurn: 3,
    async prepare({ folder }) {
      makeCohort(folder, looked);
      const experiment = experimentSchema.parse({ name, cohort: { table: 'cohort.csv' } });
      const check = async (): Promise<number> => {
        const { slides: rows, table } = await readCohort(experiment.cohort, folder, { needSlides: true });
        const { splits } = splitCohort(rows, experiment.split, folder);
        const found = await lintCohort(experiment, { baseFolder: folder, table, slides: rows, splits, readSlides: false, placeIn: () => ({}) });
        return rows.length + found.length;
      };
      // A check is live when it is not the first.
      await check();
      return [
        {
          name: 'Hardmine',
          side: 'hardmine',
          async step() {
            const start = process.cpuUsage();
            const value = await check();
            const { user, system } = process.cpuUsage(start);
            return { ms: (user + system) / 1000, value };
          },
          close: () => undefined,
        },
      ];
    },
  };
}

/** A cohort with nothing wrong: empty files, a few columns, and prints of strangers where they were looked at. */
function makeCohort(folder: string, looked: boolean): void {
  const random = new Random(1);
  const rows = ['slide_id,path,label,patient_id,site,age,scanner,stain,note'];
  const prints: Record<string, unknown> = {};
  const word = (): number => random.integer(2 ** 16) * 2 ** 16 + random.integer(2 ** 16);
  const colour = (): number => random.integer(255);
  for (let i = 0; i < slides; i++) {
    const path = join(folder, `${i}.svs`);
    writeFileSync(path, '');
    rows.push([`s${i}`, `${i}.svs`, random.integer(2), `p${Math.floor(i / 1.3)}`, `site ${random.integer(9)}`, 40 + random.integer(40), 'abc'[random.integer(3)], random.between(0, 1).toFixed(3), ''].join());
    const likeness = { hashes: [0, 1, 2].map(() => [word(), word()]), contrast: 30, colours: Array.from({ length: 48 }, colour), tissue: [colour(), colour(), colour()] };
    prints[path] = { changed: statSync(path).mtimeMs, print: { bytes: random.integer(1e9), width: 50_000 + random.integer(50_000), height: 40_000 + random.integer(40_000), mpp: 0.25, format: 'aperio-svs', ...likeness } };
  }
  writeFileSync(join(folder, 'cohort.csv'), rows.join('\n'));
  if (!looked) return;
  mkdirSync(join(folder, cacheFolder), { recursive: true });
  writeFileSync(join(folder, cacheFolder, 'slide-prints.json'), JSON.stringify({ version: 2, slides: prints }));
}
