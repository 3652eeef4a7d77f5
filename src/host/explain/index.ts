import { outputNames } from '../../shared/experiment/classes.js';
import type { Explanation, RankingInfluence } from '../../shared/rpc/explain.js';
import { scoredSlide, scoredSplit } from '../serve/rankings/scored-split.js';
import { historyOf } from './history.js';
import { instanceInfluence } from './influence.js';
import { patchOf, squareOf, type Subject } from './subject.js';

/** What a round says of a patch, from its files alone. @throws HardmineError as `historyOf` and `scoredSplit`. */
export async function explain(subject: Subject): Promise<Explanation> {
  const { material, round, table, row } = subject;
  const patch = { ...patchOf(table, row), ...standing(subject) };
  return { run: material.run, round, patch, mined: patch.role !== 'none', history: await historyOf(subject), influence: await influenceOf(subject) };
}

/** Where a patch stands in its slide. */
function standing({ material, table, row, start, end }: Subject): Pick<Explanation['patch'], 'patches' | 'attention' | 'attentionRank' | 'critical'> {
  const { aggregator, cohort } = material.experiment;
  let [critical, attentionRank] = [start, 1];
  for (let other = start; other < end; other++) {
    if (table.logit[other]! > table.logit[critical]!) critical = other;
    if (table.attention[other]! > table.attention[row]! || (table.attention[other] === table.attention[row] && other < row)) attentionRank++;
  }
  return {
    patches: end - start,
    attention: table.attention[row]!,
    attentionRank,
    critical: { ...squareOf(table, critical), isThis: critical === row, steersAttention: aggregator.kind === 'dsmil' && outputNames(cohort).length === 1 },
  };
}

async function influenceOf({ material, round, table, row, start, end }: Subject): Promise<RankingInfluence | { readonly missing: string }> {
  const { run, experiment } = material;
  if (table.split[row] !== 'train') return { missing: `The ranking loss is taken over train slides; this is a ${table.split[row]} slide.` };
  const outputs = outputNames(experiment.cohort);
  if (outputs.length > 1) return { missing: `The ranking loss compares the patches of each of ${outputs.length} classes apart, and a run keeps only the highest logit of a patch.` };
  const scored = await scoredSplit({ run, round, split: 'train' });
  const { next, ...influence } = instanceInfluence(scored.slides, scoredSlide(scored, table.slide[row]!), table.logit.subarray(start, end), row - start, experiment.loss);
  if (influence.allPairs === 0) return { missing: 'Without a positive and a negative train slide there is no pair to compare.' };
  return { ...influence, next: next === undefined ? null : { ...squareOf(table, start + next), logit: table.logit[start + next]! } };
}
