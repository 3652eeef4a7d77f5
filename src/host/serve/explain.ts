import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Answers } from '../../shared/rpc/channel.js';
import type { Explanation, ExplainService, NeighboursAnswer } from '../../shared/rpc/explain.js';
import type { FeatureBank } from '../../training/feature-bank.js';
import { explain } from '../explain/index.js';
import type { Waiting } from '../explain/round-features.js';
import { subjectOfRow, type Subject } from '../explain/subject.js';
import { roundsOf, scoresFile, scoresOf } from './run-material.js';

/** A question is answered with what is known after so long, ms. */
const patience = 1_000;
/** The features of a round are let go of when nobody asked for so long, ms: they may take hundreds of megabytes. */
const keptFor = 5 * 60_000;
/** Explanations and neighbours remembered. */
const remembered = 500;

/** The features of a round, under way or there. */
interface Opening {
  readonly key: string;
  readonly features: Promise<FeatureBank>;
  readonly abort: AbortController;
  progress: { done: number; total: number };
}

/** Explanations for one window. Features of one round are held at a time. */
export function explainAnswers(): Answers<ExplainService> {
  const explained = new LRUCache<string, Promise<Explanation>>({ max: remembered });
  const found = new LRUCache<string, NeighboursAnswer>({ max: remembered });
  let opening: Opening | undefined;
  let letGo: NodeJS.Timeout | undefined;

  const leave = (): void => {
    opening?.abort.abort();
    opening = undefined;
  };
  const open = (key: string, subject: Subject): Opening => {
    clearTimeout(letGo);
    letGo = setTimeout(leave, keptFor).unref();
    if (opening?.key === key) return opening;
    leave();
    const abort = new AbortController();
    const progress = { done: 0, total: 0 };
    const features = openFeatures(subject, { signal: abort.signal, onProgress: (done, total) => Object.assign(progress, { done, total }) });
    opening = { key, features, abort, progress };
    // What failed once is tried anew when asked again.
    features.catch(() => opening?.features === features && (opening = undefined));
    return opening;
  };

  return {
    async explainPatch(run, round, row) {
      const key = `${await versionOf(run, round)} ${row}`;
      const known = explained.get(key) ?? subjectOfRow(run, round, row).then(explain);
      explained.set(key, known);
      known.catch(() => explained.delete(key));
      return known;
    },
    async patchNeighbours(run, round, row) {
      const version = await versionOf(run, round);
      const key = `${version} ${row}`;
      const known = found.get(key);
      if (known) return known;
      const subject = await subjectOfRow(run, round, row);
      const { features, abort, progress } = open(version, subject);
      const bank = await Promise.race([features, sleep(patience)]);
      if (!bank) return { ...progress };
      const { findNeighbours } = await import('../explain/neighbours.js');
      const answer = { found: await findNeighbours(subject, await scoresOf(run, round), bank, async () => abort.signal.throwIfAborted()) };
      found.set(key, answer);
      return answer;
    },
    leaveNeighbours: () => void (opening && opening.progress.done < opening.progress.total && leave()),
  };
}

/** Names the scores of a round as they are: a run that goes on, or is run anew, has others. */
async function versionOf(run: string, round: number): Promise<string> {
  const modified = await stat(scoresFile(run, round)).then(({ mtimeMs }) => mtimeMs, () => 0);
  return [run, round, modified, ...roundsOf(run)].join('\n');
}

// Engines and encoders load only when somebody asks for neighbours.
async function openFeatures(subject: Subject, waiting: Waiting): Promise<FeatureBank> {
  const { openRoundFeatures } = await import('../explain/round-features.js');
  return openRoundFeatures(subject, await scoresOf(subject.material.run, subject.round), waiting);
}
