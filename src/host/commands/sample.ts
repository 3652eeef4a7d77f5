import { relative } from 'node:path';
import { note, print } from '../terminal/print.js';
import { command, wholeNumber, type CommandMaker } from './command.js';

interface SampleOptions {
  readonly slides: number;
  readonly size: number;
  readonly seed: number;
}

/** `mil sample DIR` */
export const sampleCommand: CommandMaker = () =>
  command('sample', 'Draw a sample cohort: H&E-like slides, a cohort table, instance truth and an experiment file that runs at once.', ['mil sample demo', 'mil sample small --slides 6 --size 1024', 'mil train small/sample.mil.json'])
    .argument('<dir>', 'folder to draw into; made where it is missing')
    .option('--slides <n>', 'how many slides', wholeNumber(6), 12)
    .option('--size <px>', 'edge of a slide at level 0', wholeNumber(512), 2048)
    .option('--seed <s>', 'same seed, same cohort, bit for bit', wholeNumber(0), 1)
    .action(async (folder: string, options: SampleOptions) => {
      const experimentFile = await drawSampleWithNotes(folder, options);
      print(relative('', experimentFile));
    });

/** Draws the sample and says how far it is. @returns path of the experiment file. */
export async function drawSampleWithNotes(folder: string, options: SampleOptions): Promise<string> {
  const { drawSample } = await import('../../sample/index.js');
  note(`Drawing ${options.slides} slides of ${options.size} × ${options.size} px into ${folder}`);
  const { experimentFile } = await drawSample(folder, { ...options, onProgress: (done, total) => note(`  slide ${done} of ${total}`) });
  return experimentFile;
}
