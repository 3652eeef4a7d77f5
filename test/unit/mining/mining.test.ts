import { describe, expect, it } from 'vitest';
import { changeOf, mineHardNegatives, minePositives, mineRound, positiveRatioOf, positivesTrusted, precisionAgainst, selfPacedRatio, uncertainPatches, type ScoredPatches } from '../../../src/mining/index.js';
import { miningSchema } from '../../../src/shared/experiment/protocol.js';
import { verdicts, type Verdict } from '../../../src/shared/judgements/verdicts.js';
import { miningSummarySchema } from '../../../src/shared/run/metrics.js';
import { Random } from '../../../src/shared/random.js';

/** Slides as [label, scores]. */
function flatten(...slides: (readonly [label: 0 | 1, scores: readonly number[]])[]): ScoredPatches {
  return {
    scores: Float32Array.from(slides.flatMap(([, scores]) => scores)),
    slideOf: Int32Array.from(slides.flatMap(([, scores], slide) => scores.map(() => slide))),
    labels: slides.map(([label]) => label),
  };
}
const options = (mining = {}) => miningSchema.parse(mining);

describe('positives', () => {
  const patches = flatten([1, [0.9, 0.3, 0.5]], [0, [0.99, 0.98]], [1, [0.7, 0.6, 0.1]]);

  it('are the trusted share of the candidates of positive slides', () => {
    const { patches: mined, candidates, threshold } = minePositives(patches, 0.3, 0.5);
    // Float32 0.3 lies above 0.3: the candidates are 0.9, 0.3, 0.5, 0.7, 0.6.
    expect(candidates).toBe(5);
    expect(threshold).toBe(Math.fround(0.6));
    expect([...mined]).toEqual([0, 5, 6]);
  });

  it('all of them at ratio 1, the best at the least', () => {
    expect(minePositives(patches, 0.4, 1).patches).toHaveLength(4);
    expect([...minePositives(patches, 0.4, 1e-9).patches]).toEqual([0]);
  });

  it('ties at the quantile are all trusted', () => {
    expect(minePositives(flatten([1, [0.5, 0.5, 0.5, 0.5]]), 0.3, 0.25).patches).toHaveLength(4);
  });

  it('none is no error', () => {
    expect(minePositives(patches, 1, 0.5)).toEqual({ patches: new Int32Array(0), candidates: 0, threshold: null });
    expect(minePositives(flatten([1, [NaN, 0.5]]), 0.3, 1).candidates).toBe(1);
  });
});

describe('hard negatives', () => {
  const patches = flatten([0, [0.9, 0.8, 0.7, 0.6]], [1, [0.99]], [0, [0.5, 0.4, 0.3]], [0, [0.2, 0.1, 0.05]]);

  it('are the highest share of the patches of negative slides', () => {
    expect([...mineHardNegatives(patches, 0.4, 1).patches]).toEqual([0, 1, 2, 3]);
    expect(mineHardNegatives(patches, 1, 1).patches).toHaveLength(10);
    expect([...mineHardNegatives(patches, 1e-9, 1).patches]).toEqual([0]);
  });

  it('with a cap, no slide takes more than its share, and others fill the bank', () => {
    expect([...mineHardNegatives(patches, 0.4, 0.5).patches]).toEqual([0, 1, 5, 6]);
    expect([...mineHardNegatives(patches, 0.4, 0.25).patches]).toEqual([0, 5, 8]);
    expect(mineHardNegatives(patches, 0.4, 0.5).threshold).toBe(mineHardNegatives(patches, 0.4, 1).threshold);
  });

  it('with a cap, ties keep the order of the patches', () => {
    expect([...mineHardNegatives(flatten([0, [0.5, 0.5, 0.5]], [0, [0.5, 0.5, 0.5]]), 0.5, 0.4).patches]).toEqual([0, 1, 3, 4]);
  });

  it('pass over scores that are no number', () => {
    expect([...mineHardNegatives(flatten([0, [NaN, 0.5, 0.4]]), 0.5, 1).patches]).toEqual([1]);
    expect(mineHardNegatives(flatten([1, [0.5]]), 0.5, 1)).toEqual({ patches: new Int32Array(0), threshold: null });
  });

  it('a cap that binds nobody changes nothing, at any size', () => {
    const random = new Random(4);
    const many: ScoredPatches = {
      scores: Float32Array.from({ length: 200_000 }, () => random.uniform()),
      slideOf: Int32Array.from({ length: 200_000 }, (_, patch) => patch % 40),
      labels: Array.from({ length: 40 }, (_, slide) => slide % 2),
    };
    const free = mineHardNegatives(many, 0.05, 1);
    expect(free.patches).toHaveLength(5000);
    expect(mineHardNegatives(many, 0.05, 0.2)).toEqual(free);
  });
});

describe('schedule', () => {
  it('grows from the end of warm-up to the last round', () => {
    expect(selfPacedRatio({ epoch: 30, warmup: 5, epochs: 100, initial: 0.2, final: 0.8 })).toBeCloseTo(0.35789473684, 10);
    const mining = options({ rounds: 10 });
    expect(positiveRatioOf(10, mining)).toBeCloseTo(0.8, 12);
    expect(positiveRatioOf(6, mining)).toBeCloseTo(0.2 + 0.6 / 5, 12);
  });

  it('stands still before warm-up ends, and never leaves its ends', () => {
    const mining = options({ rounds: 4 });
    expect([1, 5].map((round) => positiveRatioOf(round, mining))).toEqual([0.2, 0.2]);
    expect([5, 6].map((round) => positivesTrusted(round, mining))).toEqual([false, true]);
    expect(selfPacedRatio({ epoch: 5, warmup: 5, epochs: 5, initial: 0.2, final: 0.8 })).toBe(0.8);
    expect(positiveRatioOf(1, options({ rounds: 1, positiveRatio: { warmup: 0 } }))).toBeCloseTo(0.8, 12);
  });
});

describe('bank', () => {
  const bank = (positives: number[], hardNegatives: number[]) => ({ positives: Int32Array.from(positives), hardNegatives: Int32Array.from(hardNegatives) });

  it('counts what changed since the round before', () => {
    expect(changeOf(bank([1, 2], [7, 8, 9]), undefined)).toEqual({ added: 5, kept: 0, dropped: 0 });
    expect(changeOf(bank([1, 2], [7, 8, 9]), bank([2, 3], [5, 8]))).toEqual({ added: 3, kept: 2, dropped: 2 });
  });

  it('counts precision over known truth alone', () => {
    const truth = Int8Array.of(1, 0, -1, 1);
    expect(precisionAgainst(truth, Int32Array.of(0, 1, 2, 3), 1)).toBeCloseTo(2 / 3, 12);
    expect(precisionAgainst(truth, Int32Array.of(2), 1)).toBeNull();
    expect(precisionAgainst(undefined, Int32Array.of(0), 1)).toBeNull();
  });
});

describe('a round', () => {
  const patches = flatten([1, [0.9, 0.35, 0.1]], [0, [0.8, 0.2]], [0, [0.1, 0.3]]);
  const round = { round: 8, options: options({ hardNegativeRatio: 0.25, positiveRatio: { warmup: 0 } }), previous: undefined, truth: Int8Array.of(1, 0, 0, 0, 0, 0, 0), verdictOf: undefined };

  it('mines and sums up', () => {
    const { bank, summary, warnings } = mineRound(patches, round);
    expect([...bank.positives]).toEqual([0]);
    expect([...bank.hardNegatives]).toEqual([3]);
    expect(miningSummarySchema.parse(summary)).toMatchObject({ positives: 1, hardNegatives: 1, candidates: 2, added: 2, positivePrecision: 1, hardNegativePrecision: 1 });
    expect(warnings).toEqual([]);
    expect([...uncertainPatches(patches, bank.positives)]).toEqual([1, 2]);
  });

  it('that finds nothing is kept, with a warning for each thing missing', () => {
    const { summary, warnings } = mineRound(flatten([1, [0.1]], [1, [0.2]]), { ...round, truth: undefined });
    expect(summary).toMatchObject({ positives: 0, hardNegatives: 0, positiveThreshold: null, hardNegativeThreshold: null });
    expect(warnings.map(({ code }) => code)).toEqual(['mining-empty', 'mining-empty']);
  });

  describe('under judgements', () => {
    const judged = (...given: (readonly [patch: number, verdict: Verdict])[]) => {
      const verdictOf = new Uint8Array(7);
      for (const [patch, verdict] of given) verdictOf[patch] = verdicts.indexOf(verdict);
      return { ...round, verdictOf };
    };

    it('leaves artefacts and mislabelled patches out, lets the next-highest move up, and says so', () => {
      const { bank, summary } = mineRound(patches, judged([3, 'artefact'], [6, 'mislabelled'], [4, 'artefact']));
      // 0.8 and 0.3 are barred, and 0.2, which would not have been mined: 0.1 is left.
      expect([...bank.hardNegatives]).toEqual([5]);
      expect(miningSummarySchema.parse(summary).judgements).toEqual({ patches: 3, artefacts: 1, mislabelled: 0, confirmed: 0, positivesLeft: 0 });
    });

    it('keeps confirmed negatives, but trusts none as a positive', () => {
      const { bank, summary } = mineRound(patches, judged([3, 'confirmed-negative'], [0, 'confirmed-negative']));
      expect([...bank.hardNegatives]).toEqual([3]);
      expect([...bank.positives]).toEqual([1]);
      expect(summary.judgements).toEqual({ patches: 2, artefacts: 0, mislabelled: 0, confirmed: 1, positivesLeft: 1 });
    });

    it('keeps a positive that looks positive', () => {
      expect([...mineRound(patches, judged([0, 'mislabelled'])).bank.positives]).toEqual([0]);
    });

    it('that speak of none of its patches changes no bit', () => {
      const { judgements, ...summary } = mineRound(patches, judged()).summary;
      expect(summary).toEqual(mineRound(patches, round).summary);
      expect(judgements).toMatchObject({ patches: 0 });
    });
  });
});
