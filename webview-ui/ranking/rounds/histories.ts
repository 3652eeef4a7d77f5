import { effect, signal } from '@preact/signals';
import type { PatchHistory, RankedPair, RankingOverview } from '../../../src/shared/rpc/rankings.js';
import { host, subjectOf } from '../load.js';
import { followed, type Followed, type Side } from '../pair/followed.js';
import { overview, pair, problem, wanted } from '../state.js';

/** How a followed patch fared. */
export interface FollowedHistory extends Followed {
  readonly rounds: Int32Array;
  /** Rank within the slide and logit, one a round. */
  readonly ranks: Int32Array;
  readonly logits: Float32Array;
}

/** The followed patches over the rounds, in the order they were followed. */
export const histories = signal<readonly FollowedHistory[]>([]);

let question = 0;
effect(() => void ask(pair.value, overview.value, followed.value));

async function ask(slides: RankedPair | undefined, shown: RankingOverview | undefined, patches: readonly Followed[]): Promise<void> {
  const mine = ++question;
  if (!slides || !shown) return;
  try {
    const [positive, negative] = await Promise.all((['positive', 'negative'] as const).map((side) => historyOf(side, slides, shown, patches)));
    if (mine === question) histories.value = [...positive!, ...negative!];
  } catch (error) {
    if (mine === question) problem.value = error instanceof Error ? error.message : String(error);
  }
}

async function historyOf(side: Side, slides: RankedPair, shown: RankingOverview, patches: readonly Followed[]): Promise<FollowedHistory[]> {
  const ours = patches.filter((patch) => patch.side === side).sort((a, b) => a.place - b.place);
  if (ours.length === 0) return [];
  const { slide, indices } = slides[side];
  const history = await host.history(subjectOf(wanted.peek(), shown), slide, Int32Array.from(ours, ({ place }) => indices[place]!));
  return ours.map((patch, column) => ({ ...patch, ...columnOf(history, column, ours.length) }));
}

function columnOf({ rounds, ranks, logits }: PatchHistory, column: number, columns: number): Pick<FollowedHistory, 'rounds' | 'ranks' | 'logits'> {
  return { rounds, ranks: rounds.map((_, row) => ranks[row * columns + column]!), logits: Float32Array.from(rounds, (_, row) => logits[row * columns + column]!) };
}
