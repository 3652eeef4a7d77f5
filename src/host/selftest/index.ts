import type { Engine, EngineInfo } from '../../engine/contract.js';
import { auroc, operatingPoints } from '../../mil/metrics/index.js';
import type { Scorer } from '../../mil/trainer.js';
import { Random } from '../../shared/random.js';
import { drawBags, problems, type DrawnBag, type Problem } from './problems.js';
import { train, type Subject } from './subjects.js';

export { renderSelftest } from './render.js';
export { verdictOfAll } from './verdict.js';
export { kinds, subjectsOf, type Subject } from './subjects.js';

export interface SelftestOptions {
  /** Of the first repeat; each further one takes the next. */
  readonly seed: number;
  /** Repeats: data, weights and order are drawn anew. */
  readonly seeds: number;
  /** Training bags, and as many to test with. */
  readonly bags: number;
  readonly epochs: number;
}

/** `fails`: the flipped hint is worth more than the concept. `unclear`: not even bags like those of training are told apart. */
export type Verdict = 'respects' | 'fails' | 'unclear';

/** How one subject did on one problem with one seed. */
export interface SelftestResult extends Subject {
  readonly problem: string;
  readonly seed: number;
  /** AUROC on fresh bags with the hint as in training. */
  readonly alike: number;
  /** AUROC on bags whose hint has changed sides. */
  readonly flipped: number;
  readonly verdict: Verdict;
}

export interface SelftestReport extends SelftestOptions {
  readonly engine: EngineInfo;
  readonly results: readonly SelftestResult[];
}

/** An AUROC on bags like those of training from which on something was learnt. */
const learnt = 0.6;

/**
 * Trains each subject on the problems of Raff and Holt (NeurIPS 2023) and says which respect the MIL
 * assumption: that a bag is positive for what it holds, never for what it lacks. The same seed gives the same numbers.
 *
 * @param said is told of each result.
 */
export async function runSelftest(engine: Engine, subjects: readonly Subject[], options: SelftestOptions, said: (result: SelftestResult) => void = () => undefined): Promise<SelftestReport> {
  const results: SelftestResult[] = [];
  const repeats = Array.from({ length: options.seeds }, (_, i) => options.seed + i);
  for (const [problem, seed] of problems.flatMap((problem) => repeats.map((seed) => [problem, seed] as const))) {
    const random = new Random(seed).fork(problem.name);
    const drawn = (name: string, turned: boolean) => drawBags(problem, options.bags, turned, random.fork(name));
    const [training, alike, flipped] = [drawn('training', false), drawn('alike', false), drawn('flipped', true)];
    for (const subject of subjects) {
      const scorer = await train(engine, subject, training, options.epochs, random.fork(`${subject.kind}/${subject.loss}`));
      const result = judged(subject, problem, seed, await aurocOf(scorer, alike), await aurocOf(scorer, flipped));
      scorer.dispose();
      results.push(result);
      said(result);
    }
  }
  return { engine: engine.info, ...options, results };
}

function judged(subject: Subject, { name }: Problem, seed: number, alike: number, flipped: number): SelftestResult {
  return { ...subject, problem: name, seed, alike, flipped, verdict: alike < learnt ? 'unclear' : flipped < 0.5 ? 'fails' : 'respects' };
}

async function aurocOf(scorer: Scorer, bags: readonly DrawnBag[]): Promise<number> {
  const scores: number[] = [];
  for (const { bag } of bags) scores.push((await scorer.forward(bag)).bagLogits[0]!);
  return auroc(operatingPoints(bags.map(({ label }) => label), scores)!);
}
