import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes } from '../terminal/failure.js';
import { note, print } from '../terminal/print.js';
import { renderResult } from '../terminal/result.js';
import { barsView, linesView } from '../terminal/run-views.js';
import { command, type CommandMaker } from './command.js';
import { drawSampleWithNotes } from './sample.js';
import { exitCodeOfRun, train } from './train.js';

/** Small enough for two cores and a few minutes. */
const sample = { slides: 12, size: 2048, seed: 1 };

/** `mil demo` */
export const demoCommand: CommandMaker = (exit) =>
  command('demo', 'Draw a sample cohort, train on it, and show the result: a first look in minutes.', ['mil demo', 'mil demo somewhere/else'])
    .argument('[dir]', 'folder of the sample cohort; drawn where it is missing', 'demo')
    .action(async (folder: string) => {
      const file = join(folder, 'sample.mil.json');
      if (existsSync(file)) note(`Using the sample cohort in ${folder}`);
      else await drawSampleWithNotes(folder, sample);
      const ended = await train(file, process.stdout.isTTY ? barsView() : linesView());
      if (!ended) return exit(exitCodes.refused);
      if (ended.outcome.state === 'done') print(renderResult(ended.outcome.result, ended.runFolder));
      exit(exitCodeOfRun(ended.outcome));
    });
