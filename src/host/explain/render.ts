import type { Explanation, FullExplanation, Neighbour, PairInfluence, RankingInfluence, ScoredPatch } from '../../shared/rpc/explain.js';
import { renderTable } from '../terminal/table.js';

/** Pairs of slides that are listed; the rest are counted. */
const listedPairs = 3;

/** An explanation for people: at most a screen. */
export function renderExplanation({ round, patch, mined, history, influence, neighbours }: FullExplanation): string {
  const title = `Slide ${patch.slide}, ${placeOf(patch)}, ${patch.size ?? '?'} px wide: ${mined ? patch.role : 'not mined'} in round ${round}`;
  return [
    title,
    `It is ${patch.split}, of a ${sideOf(patch)} slide; truth ${truthOf(patch)}. ${standing(patch)}`,
    '',
    renderTable([['round', 'score', 'logit', 'rank', 'quantile', 'role'], ...history.map((one) => [String(one.round), one.score.toFixed(3), one.logit.toFixed(3), `#${one.rank}`, one.quantile === null ? '' : one.quantile.toFixed(4), one.role])]),
    '',
    'missing' in influence ? influence.missing : renderInfluence(influence, patch.label),
    '',
    'missing' in neighbours ? `Neighbours: ${neighbours.missing}` : renderNeighbours(neighbours.positives, neighbours.negatives),
  ].join('\n');
}

function renderInfluence(influence: RankingInfluence, label: 0 | 1): string {
  const { k, place, pairs, violated, allPairs, loss, lossWithout, change, weight, margin, scoreSpace, gradient } = influence;
  if (place === null) return `It is not among the top ${k} of its slide: the ranking loss does not see it, and would be the same without it (${loss.toFixed(4)}).`;
  const [side, other] = label === 1 ? ['positive', 'negative'] : ['negative', 'positive'];
  return [
    `It is number ${place} of the top ${k} of its slide, so it is in ${pairs.length} of ${allPairs} pairs of slides. ${violated} of them violate the margin ${margin}: there 1/${k} of the ${side} side's gradient is its own.`,
    lossWithout === null ? 'Without it its slide would be empty.' : `Ranking loss ${loss.toFixed(4)}, without it ${lossWithout.toFixed(4)} (${signed(-change!)}); gradient by its logit ${signed(gradient)}; all before the weight ${weight}${scoreSpace === 'probability' ? ', on probabilities' : ''}.${nextWords(influence)}`,
    renderTable([[`${other} slide`, 'shortfall', 'hinge', 'without', 'gradient'], ...pairs.slice(0, listedPairs).map(pairRow)]),
  ].join('\n');
}

function pairRow({ slide, shortfall, hinge, hingeWithout, gradient }: PairInfluence): string[] {
  return [slide, shortfall.toFixed(3), hinge.toFixed(3), hingeWithout === null ? '' : hingeWithout.toFixed(3), gradient.toFixed(3)];
}

function nextWords({ next }: RankingInfluence): string {
  return next ? ` In its place the patch at ${placeOf(next)} would move up, logit ${next.logit.toFixed(3)}.` : '';
}

function renderNeighbours(positives: readonly Neighbour[], negatives: readonly Neighbour[]): string {
  const half = (name: string, list: readonly Neighbour[]): string =>
    list.length === 0 ? `No ${name} in other train slides.` : renderTable([[name, 'place', 'distance', 'score', 'role', 'truth'], ...list.map((one) => [one.slide, placeOf(one), one.distance.toFixed(4), one.score.toFixed(3), one.role, truthOf(one)])]);
  return `Nearest in other train slides, by cosine distance of what the aggregator was given:\n${half('positive', positives)}\n\n${half('negative', negatives)}`;
}

function standing({ score, rank, patches, attention, attentionRank, critical }: Explanation['patch']): string {
  const share = `attention ${(100 * attention).toPrecision(3)} % (#${attentionRank}, an even share is ${(100 / patches).toPrecision(3)} %)`;
  const most = critical.isThis ? 'It is the highest of its slide' : `The highest of its slide is at ${placeOf(critical)}`;
  return `Score ${score.toFixed(3)}, #${rank} of ${patches}; ${share}. ${most}${critical.steersAttention ? ', which DSMIL measures attention against' : ''}.`;
}

function placeOf({ x, y }: Pick<ScoredPatch, 'x' | 'y'>): string {
  return x === null || y === null ? 'place unknown' : `${Math.round(x)}, ${Math.round(y)}`;
}

function sideOf({ label }: Pick<ScoredPatch, 'label'>): string {
  return label === 1 ? 'positive' : 'negative';
}

function truthOf({ truth }: Pick<ScoredPatch, 'truth'>): string {
  return truth < 0 ? 'unknown' : truth === 1 ? 'positive' : 'negative';
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toPrecision(3)}`;
}
