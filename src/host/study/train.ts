import { basename } from 'node:path';
import { memberName, type StudyMember } from '../../shared/study/members.js';
import { exitCodes } from '../terminal/failure.js';
import { note, print } from '../terminal/print.js';
import { startMember } from './child.js';
import { conductStudy, type StudyOutcome } from './conduct.js';
import type { StudyPlan } from './plan.js';
import { renderStudy } from './render.js';
import { writeStudyReport } from './report/index.js';

export interface StudyTraining {
  /** Path of the experiment file. */
  readonly file: string;
  readonly json: boolean;
  /** The option by which members show themselves as this process does. */
  readonly view: readonly string[];
  readonly resumeLine: string;
}

/** Trains the members of a study one after another, sums them up after each, and prints the sum. @returns the exit code. @throws HardmineError `run-locked`. */
export async function trainStudy({ folder, members }: StudyPlan, { file, json, view, resumeLine }: StudyTraining): Promise<number> {
  const place = (member: StudyMember): string => `${members.findIndex((other) => memberName(other) === memberName(member)) + 1} of ${members.length}`;
  const say = (line: string): void => (json ? undefined : note(line));
  say(`Study ${basename(folder)}: ${members.length} runs, one after another`);
  const outcome = await conductStudy({
    folder,
    members,
    start: (member) => startMember(file, folder, member, view),
    onMember: (member, what) => say(memberLine(member, what, place(member))),
    summarise: () => writeStudyReport(folder).then(() => undefined, () => undefined),
    onStopping: () => note('Stopping after this step of the run under way; the study can be resumed.'),
    now: Date.now,
  });
  const report = await writeStudyReport(folder);
  if (json) print(JSON.stringify({ study: folder, state: outcome.state, summary: report.summary }));
  else print(renderStudy(report, folder));
  if (outcome.state !== 'done') note(`${lastWord(outcome, members.length)} To resume:\n  ${resumeLine}`);
  return outcome.state === 'interrupted' ? exitCodes.interrupted : outcome.state === 'failed' ? exitCodes.failed : exitCodes.done;
}

function memberLine(member: StudyMember, what: 'skipped' | 'begins' | 'done' | 'failed' | 'stopped', place: string): string {
  const name = memberName(member);
  switch (what) {
    case 'skipped':
      return `${name} (${place}) is done, or goes on elsewhere.`;
    case 'begins':
      return `${name} (${place})`;
    case 'done':
      return `${name} is done.`;
    case 'failed':
      return `${name} failed; the next one goes on.`;
    case 'stopped':
      return `${name} was stopped.`;
  }
}

function lastWord({ state, failed }: StudyOutcome, total: number): string {
  return state === 'interrupted' ? 'Stopped.' : `${failed.length} of ${total} runs failed: ${failed.map(memberName).join(', ')}.`;
}
