import type { HostTensor } from '../../engine/contract.js';
import type { Random } from '../../shared/random.js';

/** Features an instance. */
export const featureSize = 16;

/** A drawn bag [N, featureSize] and whether it is positive. */
export interface DrawnBag {
  readonly bag: HostTensor;
  readonly label: 0 | 1;
}

/**
 * A synthetic problem of Raff and Holt (NeurIPS 2023). Bags like those of training hold a hint that
 * a model of the MIL assumption cannot use: what a negative bag has and a positive one has not. In flipped bags the
 * hint has changed sides, and a model that learnt it ranks negative bags above positive ones.
 */
export interface Problem {
  readonly name: string;
  /** What a positive bag is, and what the hint. */
  readonly description: string;
  draw(label: 0 | 1, flipped: boolean, random: Random): Float32Array[];
}

/** Each feature normal, with the same mean and standard deviation. */
const cloud = (mean: number, deviation: number) => (random: Random) => Float32Array.from({ length: featureSize }, () => mean + deviation * random.normal());

const background = cloud(0, 1);
const poison = cloud(-10, 0.1);
/** Instances that only together make a bag positive. */
const concepts = [cloud(2, 0.1), cloud(3, 0.1)] as const;

const several = (count: number, draw: (random: Random) => Float32Array, random: Random) => Array.from({ length: count }, () => draw(random));
/** Uniform among low, …, high. */
const between = (low: number, high: number, random: Random) => low + random.integer(high - low + 1);
/** Negative bags of training and positive bags of the flipped test are poisoned. */
const poisoned = (label: 0 | 1, flipped: boolean, random: Random) => (label === Number(flipped) ? [poison(random)] : []);

const positives = [cloud(0, 3), cloud(1, 1)] as const;
const either = <T>(two: readonly [T, T], random: Random): T => two[random.integer(2)]!;

/** Algorithms 1 to 3 of the paper. */
export const problems: readonly Problem[] = [
  {
    name: 'single-concept',
    description: 'positive: one to three instances of a concept; hint: a poison instance in negative bags',
    draw: (label, flipped, random) => [
      ...poisoned(label, flipped, random),
      ...(label === 1 ? several(between(1, 3, random), (random) => either(positives, random)(random), random) : []),
      ...several(10, background, random),
    ],
  },
  {
    name: 'multi-concept',
    description: 'positive: both of two concepts, negative: one of them; hint: a poison instance in negative bags',
    draw: (label, flipped, random) => [
      ...poisoned(label, flipped, random),
      ...(label === 1 ? bothConcepts(between(1, 3, random), random) : [either(concepts, random)(random)]),
      ...several(between(1, 9, random), background, random),
    ],
  },
  {
    name: 'false-frequency',
    description: 'positive: both of two concepts, negative: one of them; hint: negative bags hold fewer such instances',
    draw: (label, flipped, random) => [
      ...(label === 1 ? bothConcepts(1, random) : several(flipped ? between(35, 44, random) : 1, either(concepts, random), random)),
      ...several(between(1, 9, random), background, random),
    ],
  },
];

function bothConcepts(ofEach: number, random: Random): Float32Array[] {
  return concepts.flatMap((concept) => several(ofEach, concept, random));
}

/** `count` bags, positive and negative in turn. */
export function drawBags(problem: Problem, count: number, flipped: boolean, random: Random): DrawnBag[] {
  return Array.from({ length: count }, (_, i) => {
    const label = i % 2 === 0 ? 1 : 0;
    const instances = random.shuffle(problem.draw(label, flipped, random));
    const data = new Float32Array(instances.length * featureSize);
    instances.forEach((instance, row) => data.set(instance, row * featureSize));
    return { bag: { data, shape: [instances.length, featureSize] }, label };
  });
}
