import type { Answers } from '../../../shared/rpc/channel.js';
import type { RankingService } from '../../../shared/rpc/rankings.js';
import { patchPairsCsv, slidePairsCsv } from './csv.js';
import { rankingOverview } from './overview.js';
import { rankHistory, rankingPair } from './patches.js';

export function rankingAnswers(): Answers<RankingService> {
  return { rankingOverview, rankingPair, rankHistory, slidePairsCsv, patchPairsCsv };
}
