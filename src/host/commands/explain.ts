import { resolve } from 'node:path';
import { note, print } from '../terminal/print.js';
import { anyNumber, command, wholeNumber, type CommandMaker } from './command.js';

/** `mil explain RUN SLIDE X Y` */
export const explainCommand: CommandMaker = () =>
  command('explain', 'Say why a patch was mined: its scores over the rounds, what it does to the ranking loss, and the patches most alike.', [
    'mil explain .mil/runs/20261122-091503-colon 007 12000 8000',
    'mil explain .mil/runs/20261122-091503-colon 007 12000 8000 --round 2 --json',
  ])
    .argument('<run>', 'run folder')
    .argument('<slide>', 'id of the slide in the cohort table')
    .argument('<x>', 'a point inside the patch, level-0 pixels', anyNumber)
    .argument('<y>', 'the same, downwards', anyNumber)
    .option('--round <n>', 'whose scores and features (default: the selected round, or the newest)', wholeNumber(1))
    .option('--json', 'print JSON')
    .action(async (run: string, slide: string, x: number, y: number, { round, json }: { round?: number; json?: boolean }) => {
      const [{ subjectAt }, { explainFully }, { renderExplanation }] = await Promise.all([import('../explain/subject.js'), import('../explain/full.js'), import('../explain/render.js')]);
      const subject = await subjectAt(resolve(run), slide, { x, y }, round);
      const explained = await explainFully(subject, { onProgress: tellProgress(), signal: new AbortController().signal });
      print(json ? JSON.stringify(explained, undefined, 2) : renderExplanation(explained));
    });

/** Features that must be computed take their time: every tenth is told. */
function tellProgress(): (done: number, total: number) => void {
  const began = Date.now();
  let told = 0;
  return (done, total) => {
    const tenth = Math.floor((10 * done) / total);
    if (tenth <= told || Date.now() - began < 2_000) return;
    told = tenth;
    note(`Features: ${done} of ${total} patches`);
  };
}
