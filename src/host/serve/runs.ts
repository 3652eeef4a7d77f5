import type { Answers } from '../../shared/rpc/channel.js';
import type { RunService } from '../../shared/rpc/runs.js';
import { summarizeRun } from '../../shared/run/list.js';
import { compareInWords } from '../compare/words.js';
import { RunCurves } from './curves/run-curves.js';
import { readSettings } from './curves/settings.js';

/** Curves nobody asked for so long are forgotten, ms. */
const keptFor = 600_000;

export function runAnswers(): Answers<RunService> {
  const followed = new Map<string, { readonly curves: RunCurves; asked: number }>();
  return {
    async curves(run, since) {
      const now = Date.now();
      for (const [other, { asked }] of followed) if (now - asked > keptFor) followed.delete(other);
      const { curves } = followed.get(run) ?? { curves: new RunCurves(run) };
      followed.set(run, { curves, asked: now });
      // Before the journal: a run that says it is done has written its last line already.
      const summary = summarizeRun(run, now);
      return { ...(await curves.next(since)), ...(summary ? { summary } : {}) };
    },
    settings: readSettings,
    compareRuns: compareInWords,
  };
}
