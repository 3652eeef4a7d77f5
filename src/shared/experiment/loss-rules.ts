import { error, warning, type Finding } from './finding.js';
import type { Experiment } from './index.js';
import { set } from './mend.js';

/** Above this the top K are most of a usual slide, and those of two slides more than a million pairs a step. */
const mostRanked = 1000;

/** Rules on the ranking loss: options it would not look at, or cannot afford. */
export function lossRules({ loss, optimizer }: Experiment): Finding[] {
  const { ranking, topK, compare, margin, marginFrom } = loss;
  return [
    ...(ranking === 0 && compare !== 'means' ? error('ranking-option-unused', ['loss', 'compare'], 'The ranking loss has no weight: how it compares patches changes nothing.', 'Give "loss.ranking" a weight (the paper has 0.1), or take "compare" out.', set(['loss', 'compare'], 'means'), set(['loss', 'ranking'], 0.1)) : []),
    ...(ranking === 0 && marginFrom !== null ? error('ranking-option-unused', ['loss', 'marginFrom'], 'The ranking loss has no weight: its margin changes nothing.', 'Give "loss.ranking" a weight (the paper has 0.1), or take "marginFrom" out.', set(['loss', 'marginFrom'], null), set(['loss', 'ranking'], 0.1)) : []),
    ...(marginFrom !== null && optimizer.epochs === 1 ? error('margin-without-epochs', ['loss', 'marginFrom'], `With one epoch a round the margin would stay at ${marginFrom} and never reach ${margin}.`, 'Take "marginFrom" out, or train for more epochs.', set(['loss', 'marginFrom'], null)) : []),
    ...(compare === 'means' && ranking > 0 && topK > mostRanked ? warning('top-k-large', ['loss', 'topK'], `The ${topK} highest patches are most or all of a usual slide: the ranking loss then compares whole slides.`, 'The paper uses 10.', set(['loss', 'topK'], 10)) : []),
    ...(compare === 'pairs' && topK > mostRanked ? error('ranking-pairs-too-many', ['loss', 'topK'], `The ${topK} highest patches of two slides make ${(topK * topK).toLocaleString('en')} pairs in every step.`, `Choose at most ${mostRanked}; the paper uses 10.`, set(['loss', 'topK'], 10), set(['loss', 'compare'], 'means')) : []),
  ];
}
