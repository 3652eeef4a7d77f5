import { describe, expect, it } from 'vitest';
import { instanceInfluence } from '../../../../src/host/explain/influence.js';
import type { ScoredSlide } from '../../../../src/host/serve/rankings/scored-split.js';
import { pairLossOfLogits, summariseBag, topInstances } from '../../../../src/mil/losses/index.js';
import { experimentSchema, type LossOptions } from '../../../../src/shared/experiment/index.js';
import { Random } from '../../../../src/shared/random.js';

const { loss: usual } = experimentSchema.parse({ name: 'fixture', cohort: { table: 'cohort.csv' } });
const random = new Random(7);
const bags = Array.from({ length: 7 }, (_, i) => ({ id: `s${i}`, label: (i % 2) as 0 | 1, logits: Float32Array.from({ length: 4 + 3 * i }, () => 2 * random.normal()) }));

const scoredBags = (loss: LossOptions): ScoredSlide[] => bags.map(({ id, label, logits }) => ({ id, label, start: 0, end: logits.length, top: topInstances(logits, loss) }));
const influenceIn = (bag: number, index: number, loss: LossOptions) => {
  const slides = scoredBags(loss);
  return instanceInfluence(slides, slides[bag]!, bags[bag]!.logits, index, loss);
};

/** The ranking loss over all pairs by the loss that training takes, with other logits in a bag. */
function rankingLoss(loss: LossOptions, bag = -1, logits = new Float32Array(0)): number {
  const of = (label: 0 | 1) => bags.flatMap((one, i) => (one.label === label ? [summariseBag(0, i === bag ? logits : one.logits, loss)] : []));
  const pairs = of(1).flatMap((positive) => of(0).map((negative) => pairLossOfLogits(positive, negative, loss).ranking));
  return pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
}

const cases = [
  { topK: 3, scoreSpace: 'logit' },
  { topK: 3, scoreSpace: 'probability' },
  { topK: 50, scoreSpace: 'logit' },
] as const;

describe.each(cases)('what an instance does to the ranking loss, top $topK of $scoreSpace', (options) => {
  const loss: LossOptions = { ...usual, ...options };

  it('is the loss of training with and without it', () => {
    for (const [bag, { logits }] of bags.entries()) {
      for (const index of logits.keys()) {
        const influence = influenceIn(bag, index, loss);
        expect(influence.loss).toBeCloseTo(rankingLoss(loss), 12);
        expect(influence.lossWithout).toBeCloseTo(rankingLoss(loss, bag, logits.filter((_, i) => i !== index)), 12);
        expect(influence.change).toBeCloseTo(influence.loss - influence.lossWithout!, 12);
      }
    }
  });

  it('has the gradient that small steps of its logit show', () => {
    const step = 2 ** -10;
    for (const [bag, { logits }] of bags.entries()) {
      for (const index of logits.keys()) {
        const moved = (by: number) => rankingLoss(loss, bag, logits.map((value, i) => (i === index ? value + by : value)));
        expect(influenceIn(bag, index, loss).gradient).toBeCloseTo((moved(step) - moved(-step)) / (2 * step), 5);
      }
    }
  });
});

describe('an instance in pairs', () => {
  const loss: LossOptions = { ...usual, topK: 2, margin: 1, scoreSpace: 'logit' };
  const slide = (id: string, label: 0 | 1, ...logits: number[]): { scored: ScoredSlide; logits: Float32Array } => ({ scored: { id, label, start: 0, end: logits.length, top: topInstances(Float32Array.from(logits), loss) }, logits: Float32Array.from(logits) });
  const [near, far, own] = [slide('near', 1, 3, 1), slide('far', 1, 9, 9), slide('own', 0, 4, 0, 2)];
  const slides = [near.scored, far.scored, own.scored];

  it('pulls by 1/K where the pair violates, and by nothing where it does not', () => {
    const influence = instanceInfluence(slides, own.scored, own.logits, 0, loss);
    expect(influence).toMatchObject({ k: 2, place: 1, allPairs: 2, violated: 1, next: 1, loss: 1, lossWithout: 0, change: 1, gradient: 0.25 });
    expect(influence.pairs).toEqual([
      { slide: 'near', shortfall: 2, hinge: 2, gradient: 0.5, hingeWithout: 0 },
      { slide: 'far', shortfall: -5, hinge: 0, gradient: 0, hingeWithout: 0 },
    ]);
  });

  it('of a positive slide pulls the other way', () => {
    const influence = instanceInfluence(slides, near.scored, near.logits, 0, loss);
    expect(influence.pairs).toEqual([{ slide: 'own', shortfall: 2, hinge: 2, gradient: -0.5, hingeWithout: 3 }]);
    expect(influence).toMatchObject({ gradient: -0.25, change: -0.5, next: undefined });
  });

  it('below the top K does nothing', () => {
    const influence = instanceInfluence(slides, own.scored, own.logits, 1, loss);
    expect(influence).toMatchObject({ place: null, gradient: 0, change: 0, next: undefined });
  });

  it('that is all of its slide cannot be taken away', () => {
    const alone = slide('alone', 0, 1);
    const influence = instanceInfluence([near.scored, alone.scored], alone.scored, alone.logits, 0, loss);
    expect(influence).toMatchObject({ lossWithout: null, change: null });
    expect(influence.pairs[0]).toMatchObject({ hinge: 0, hingeWithout: null });
  });
});
