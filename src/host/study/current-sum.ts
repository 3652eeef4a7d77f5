import type { StudyState } from '../../shared/study/read.js';
import { readStudySummary } from '../../shared/study/read.js';
import type { StudySummary } from '../../shared/study/summary.js';
import { readMaterial } from './material.js';
import { summariseStudy } from './summarise.js';

/**
 * What the runs of a study say together as they are now: as it was last summed up, where no run has been done since;
 * nothing is written. Undefined before any run is done, and where its experiment or cohort table is gone.
 */
export async function currentSum(state: StudyState): Promise<StudySummary | undefined> {
  const done = doneOf(state.members.map(({ summary }) => summary?.state));
  if (done === 0) return undefined;
  const last = readStudySummary(state.folder);
  if (last && doneOf(last.members.map((member) => member.state)) === done) return last;
  return readMaterial(state).then(summariseStudy).catch(() => last);
}

function doneOf(states: readonly (string | undefined)[]): number {
  return states.filter((state) => state === 'done').length;
}
