import { signal } from '@preact/signals';
import type { RankedPair, RankingOverview } from '../../src/shared/rpc/rankings.js';
import type { RankingState } from '../../src/shared/rpc/views/ranking.js';
import { keptState } from '../shared/host.js';

/** What the person asked to see. */
export const wanted = signal(keptState<RankingState>());

/** What is shown of it; undefined before the first answer, and where there is none. */
export const overview = signal<RankingOverview | undefined>(undefined);
export const pair = signal<RankedPair | undefined>(undefined);

/** Why there is nothing to show, or less than there should be. */
export const problem = signal<string | undefined>(undefined);

/** Said to screen readers. */
export const announcement = signal('');
