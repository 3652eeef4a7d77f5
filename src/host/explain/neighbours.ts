import { HardmineError } from '../../shared/errors.js';
import type { Neighbour, Neighbours } from '../../shared/rpc/explain.js';
import type { ScoreTable } from '../../shared/run/parquet.js';
import type { FeatureBank } from '../../training/feature-bank.js';
import { cosineDistances, Nearest } from './nearest.js';
import { patchOf, type Subject } from './subject.js';

/** Neighbours of either kind. */
const count = 8;

/**
 * The nearest patches by cosine distance of what the aggregator was given: of those the round mined as
 * positives, and of all patches of negative train slides. Patches of its own slide are left out: they lie
 * side by side and look alike whatever the encoder has learnt. Equal distances keep the order of the rows.
 *
 * @param scores of the round, whose rows the neighbours are named by. @param between is awaited after each slide.
 * @throws HardmineError `features-invalid` where the features are not of the patches that were scored.
 */
export async function findNeighbours({ table, row, start }: Subject, scores: ScoreTable, features: FeatureBank, between: () => Promise<void>): Promise<Neighbours> {
  const own = table.slide[row]!;
  const query = await featuresOf(features, own, table, row - start);
  const [positives, negatives] = [new Nearest(count), new Nearest(count)];
  for (const { slide, from, to } of trainSlides(scores)) {
    const isPositive = scores.label[from] === 1;
    const wanted = (at: number): boolean => !isPositive || scores.role[at] === 'positive';
    if (slide === own || !anyOf(from, to, wanted)) continue;
    const { data } = await features.bag(slide);
    const distances = cosineDistances(query, data);
    if (distances.length !== to - from) throw otherPatches(slide, distances.length, to - from);
    const nearest = isPositive ? positives : negatives;
    for (let at = from; at < to; at++) if (wanted(at)) nearest.offer(at, distances[at - from]!);
    await between();
  }
  const described = ({ found }: Nearest): Neighbour[] => found.map(({ row: at, distance }) => ({ ...patchOf(scores, at), distance }));
  return { positives: described(positives), negatives: described(negatives) };
}

async function featuresOf(features: FeatureBank, slide: string, { slide: slides }: ScoreTable, index: number): Promise<ArrayLike<number>> {
  const { data, shape } = await features.bag(slide);
  const scored = slides.lastIndexOf(slide) + 1 - slides.indexOf(slide);
  if (shape[0] !== scored) throw otherPatches(slide, shape[0]!, scored);
  return data.slice(index * shape[1]!, (index + 1) * shape[1]!);
}

/** The slides of a score table that were trained with, and their rows [from, to). */
function* trainSlides({ slide, split }: ScoreTable): Generator<{ readonly slide: string; readonly from: number; readonly to: number }> {
  for (let from = 0, to = 1; from < slide.length; from = to, to = from + 1) {
    while (to < slide.length && slide[to] === slide[from]) to++;
    if (split[from] === 'train') yield { slide: slide[from]!, from, to };
  }
}

function anyOf(from: number, to: number, wanted: (at: number) => boolean): boolean {
  for (let at = from; at < to; at++) if (wanted(at)) return true;
  return false;
}

function otherPatches(slide: string, found: number, scored: number): HardmineError {
  return new HardmineError('features-invalid', `There are features of ${found} patches, but the round scored ${scored}.`, { place: { slide }, remedy: 'The slide, its features or the tiling changed since the run; run the experiment again.' });
}
