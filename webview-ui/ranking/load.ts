import { batch } from '@preact/signals';
import type { RankingOverview, RankingSubject } from '../../src/shared/rpc/rankings.js';
import type { RankingHost, RankingState, RankingView } from '../../src/shared/rpc/views/ranking.js';
import { connectHost, keepState } from '../shared/host.js';
import { overview, pair, problem, wanted } from './state.js';

/** The extension. */
export const host = connectHost<RankingHost, RankingView>({
  show: (state) => void turnTo(state),
  runChanged: () => void reload(),
});

/** Answers that were asked for before the last question are thrown away. */
let question = 0;

/** Shows something else, and keeps it over reloads. */
export async function turnTo(state: RankingState): Promise<void> {
  const before = wanted.peek();
  wanted.value = state;
  keepState(state);
  const sameScores = overview.peek() !== undefined && before.run === state.run && before.round === state.round && before.split === state.split;
  if (!sameScores) await load();
  else if (before.positive !== state.positive || before.negative !== state.negative) await loadPair();
}

/** Asks again, as the run has gone on. */
async function reload(): Promise<void> {
  if (wanted.peek().round === undefined || overview.peek() === undefined) await load();
  else await answer(async () => ({ overview: await host.overview(subjectOf(wanted.peek())) }));
}

/** Asks for all that is wanted. */
export async function load(): Promise<void> {
  const state = wanted.peek();
  await answer(async () => {
    const next = await host.overview(subjectOf(state));
    const slides = slidesOf(state, next);
    return { overview: next, pair: slides && (await host.pair(subjectOf(state, next), ...slides)) };
  });
}

async function loadPair(): Promise<void> {
  const shown = overview.peek();
  const slides = shown && slidesOf(wanted.peek(), shown);
  if (slides) await answer(async () => ({ pair: await host.pair(subjectOf(wanted.peek(), shown), ...slides) }));
}

/** The scores of a state; those of `shown`, where its round is left open. */
export function subjectOf({ run, round, split }: RankingState, shown?: RankingOverview): RankingSubject {
  const known = round ?? shown?.round;
  return { run, split, ...(known === undefined ? {} : { round: known }) };
}

async function answer(ask: () => Promise<{ readonly overview?: RankingOverview; readonly pair?: typeof pair.value }>): Promise<void> {
  const mine = ++question;
  try {
    const answered = await ask();
    if (mine !== question) return;
    batch(() => {
      problem.value = undefined;
      if (answered.overview) overview.value = answered.overview;
      if ('pair' in answered) pair.value = answered.pair;
    });
  } catch (error) {
    if (mine === question) problem.value = error instanceof Error ? error.message : String(error);
  }
}

/** The slides asked for where this split has them, else those that violate the margin most; undefined without a pair. */
function slidesOf({ positive, negative }: RankingState, { slides, pairs }: RankingOverview): readonly [string, string] | undefined {
  if (pairs.positive.length === 0) return undefined;
  const known = (id: string | undefined, label: number): string | undefined => (id !== undefined && slides.labels[slides.ids.indexOf(id)] === label ? id : undefined);
  return [known(positive, 1) ?? slides.ids[pairs.positive[0]!]!, known(negative, 0) ?? slides.ids[pairs.negative[0]!]!];
}
