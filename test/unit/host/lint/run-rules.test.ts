import { describe, expect, it } from 'vitest';
import type { LintedRun, RunRule, SlideAttention } from '../../../../src/host/lint/run/contract.js';
import { attentionCollapsed } from '../../../../src/host/lint/run/attention-collapsed.js';
import { aurocBelowHalf } from '../../../../src/host/lint/run/auroc-below-half.js';
import { fineTuningShort } from '../../../../src/host/lint/run/fine-tuning-short.js';
import { lintRun } from '../../../../src/host/lint/run/index.js';
import { patchScoresUninformative } from '../../../../src/host/lint/run/patch-scores-uninformative.js';
import { pseudoLabelsStalled } from '../../../../src/host/lint/run/pseudo-labels-stalled.js';
import { rankingLossDead } from '../../../../src/host/lint/run/ranking-loss-dead.js';
import { chanceOfRanking } from '../../../../src/host/lint/run/rank-sum.js';
import { testTooSmallForResult } from '../../../../src/host/lint/run/test-too-small.js';
import { experimentSchema, type ExperimentInput } from '../../../../src/shared/experiment/index.js';
import type { RunEvent } from '../../../../src/shared/run/events.js';
import type { MiningSummary, RoundMetrics, RunResult, SlideMetrics } from '../../../../src/shared/run/metrics.js';
import type { SlidePrediction } from '../../../../src/shared/run/predictions.js';

const nothing = { value: null, low: null, high: null };
const slideMetrics = (auroc: number): SlideMetrics => ({ slides: 40, patients: 40, threshold: 0.5, loss: 0.4, auroc: { ...nothing, value: auroc }, averagePrecision: nothing, accuracy: nothing, balancedAccuracy: nothing, f1: nothing, brier: nothing });
const mining = (added: number, dropped: number, kept: number): MiningSummary => ({ positives: 9, hardNegatives: 9, candidates: 20, positiveRatio: 0.2, positiveThreshold: null, hardNegativeThreshold: null, added, dropped, kept, positivePrecision: null, hardNegativePrecision: null });
const round = (number: number, auroc = 0.9, mined = mining(3, 3, 15)): RoundMetrics => ({ round: number, epoch: 4, validation: slideMetrics(auroc), mining: mined, milliseconds: {} });
const predictions = (split: 'validation' | 'test', count: number, probability: (label: 0 | 1, i: number) => number): SlidePrediction[] => Array.from({ length: count }, (_, i) => ({ slide: `s${i}`, split, label: (i % 2) as 0 | 1, probability: probability((i % 2) as 0 | 1, i) }));
/** Attention that falls off gently. */
const gentle = (count: number): Float32Array => {
  const weights = Float32Array.from({ length: count }, (_, i) => 1 / (1 + i));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
};
const slides = (attention: (i: number) => Float32Array): SlideAttention[] => Array.from({ length: 20 }, (_, i) => ({ slide: `s${i}`, attention: attention(i) }));
const losses = (ranking: (epoch: number) => number | undefined, rounds = 2, epochs = 6): RunEvent[] =>
  Array.from({ length: rounds * epochs }, (_, i): RunEvent => {
    const loss = ranking((i % epochs) + 1);
    return { seq: i + 1, time: i, type: 'loss', stage: 'aggregate', round: Math.floor(i / epochs) + 1, epoch: (i % epochs) + 1, split: 'train', total: 1, ...(loss === undefined ? {} : { ranking: loss }) };
  });

/** A run with nothing to say against it. */
function runOf(change: Partial<LintedRun> = {}, experiment: Partial<ExperimentInput> = {}): LintedRun {
  return {
    experiment: experimentSchema.parse({ name: 'run', cohort: { table: 'cohort.csv' }, ...experiment }),
    events: losses((epoch) => 1 / epoch),
    rounds: [round(1), round(2), round(3)],
    result: undefined,
    judged: { metrics: round(3), attention: slides(() => gentle(50)), predictions: predictions('validation', 40, (label, i) => (label === 1 ? 0.6 : 0.4) + i / 1000) },
    test: undefined,
    ...change,
  };
}
const said = ({ find }: RunRule, run: LintedRun): string[] => find(run).map(({ message }) => message);
const judged = (change: Partial<NonNullable<LintedRun['judged']>>): Partial<LintedRun> => ({ judged: { ...runOf().judged!, ...change } });

describe('a sound run', () => {
  it('has nothing against it, nor has one that has just begun', () => {
    expect(lintRun(runOf(), '/run')).toEqual([]);
    expect(lintRun(runOf({ events: [], rounds: [], judged: undefined }), '/run')).toEqual([]);
  });
});

describe('attention-collapsed', () => {
  it('sees attention that is the same everywhere', () => {
    expect(said(attentionCollapsed, runOf(judged({ attention: slides(() => new Float32Array(50).fill(1 / 50)) })))).toEqual([expect.stringContaining('the same for all patches of 20 of 20 slides')]);
  });

  it('sees one patch that has it all', () => {
    const single = slides(() => Float32Array.from({ length: 50 }, (_, i) => (i === 7 ? 0.999 : 0.001 / 49)));
    expect(said(attentionCollapsed, runOf(judged({ attention: single })))).toEqual([expect.stringContaining('one patch has all the attention in 20 of 20 slides')]);
  });

  it('leaves pooling, tiny slides and single slides alone', () => {
    const same = judged({ attention: slides(() => new Float32Array(50).fill(1 / 50)) });
    expect(said(attentionCollapsed, runOf(same, { aggregator: { kind: 'mean' } }))).toEqual([]);
    expect(said(attentionCollapsed, runOf(judged({ attention: slides(() => Float32Array.of(0.25, 0.25, 0.25, 0.25)) })))).toEqual([]);
    expect(said(attentionCollapsed, runOf(judged({ attention: slides((i) => (i < 10 ? new Float32Array(50).fill(1 / 50) : gentle(50))) })))).toEqual([]);
  });
});

describe('patch-scores-uninformative', () => {
  const told = (byPatch: number | null) => judged({ metrics: { ...round(2, 0.92), highestPatchAuroc: byPatch } });

  it('sees highest patches that tell less than slides', () => {
    const [finding] = patchScoresUninformative.find(runOf(told(0.31)));
    expect(finding?.message).toContain('round 2 validation slides are told by the highest patch alone with AUROC 0.31, by the whole slide with 0.92');
    expect(finding?.message).toContain('Try "optimizer.restarts"');
    expect(finding?.remedy).toContain('with 4 restarts validation chooses');
    const [again] = patchScoresUninformative.find(runOf(told(0.31), { optimizer: { restarts: 4 } }));
    expect(again?.remedy).toContain('Of 5 sets of initial weights none did better');
  });

  it('leaves patches alone that tell slides nearly as well, a handful of slides, and runs of before', () => {
    expect(said(patchScoresUninformative, runOf(told(0.85)))).toEqual([]);
    expect(said(patchScoresUninformative, runOf(told(null)))).toEqual([]);
    expect(said(patchScoresUninformative, runOf())).toEqual([]);
    expect(said(patchScoresUninformative, runOf(judged({ metrics: { ...round(2, 1), highestPatchAuroc: 0 }, predictions: predictions('validation', 8, (label) => label) })))).toEqual([]);
  });
});

describe('fine-tuning-short', () => {
  const steps = (...totals: number[]): Partial<LintedRun> => ({ events: totals.flatMap((total, i): RunEvent[] => [1, total].map((done) => ({ seq: 1, time: 1, type: 'progress', stage: 'finetune', round: i + 2, done, total, unit: 'steps' }))) });

  it('sees rounds of a few steps, and says how many epochs make more', () => {
    const [finding] = fineTuningShort.find(runOf(steps(8, 10), { finetune: { epochs: 2 } }));
    expect(finding!.message).toContain('for more than 10 steps');
    expect(finding!.remedy).toContain('"finetune.epochs" to 7 or more (now 2)');
    expect(said(fineTuningShort, runOf(steps(1)))).toEqual([expect.stringContaining('more than 1 step:')]);
  });

  it('is quiet when a round has enough, and when none fine-tunes', () => {
    expect(said(fineTuningShort, runOf(steps(10, 32)))).toEqual([]);
    expect(said(fineTuningShort, runOf())).toEqual([]);
  });
});

describe('ranking-loss-dead', () => {
  it('sees a loss of 0 from the first epoch on, and one that never moves', () => {
    expect(said(rankingLossDead, runOf({ events: losses(() => 0) }))).toEqual([expect.stringContaining('0 from the first epoch on in rounds 1, 2')]);
    expect(said(rankingLossDead, runOf({ events: losses(() => 1) }))).toEqual([expect.stringContaining('never moves in rounds 1, 2')]);
  });

  it('is quiet when it falls to 0, when there is none, and when it has no weight', () => {
    expect(said(rankingLossDead, runOf({ events: losses((epoch) => Math.max(0, 0.3 - epoch / 10)) }))).toEqual([]);
    expect(said(rankingLossDead, runOf({ events: losses(() => undefined) }))).toEqual([]);
    expect(said(rankingLossDead, runOf({ events: losses(() => 0) }, { loss: { ranking: 0 } }))).toEqual([]);
  });

  it('begins anew where a resumed run does', () => {
    expect(said(rankingLossDead, runOf({ events: [...losses(() => 1, 1, 2), ...losses(() => 0, 1)] }))).toEqual([expect.stringContaining('0 from the first epoch on in round 1')]);
  });
});

describe('pseudo-labels-stalled', () => {
  const rounds = (...summaries: (MiningSummary | undefined)[]): Partial<LintedRun> => ({ rounds: summaries.map((mined, i) => ({ ...round(i + 1), ...(mined ? { mining: mined } : { mining: undefined }) })) });
  const still = mining(0, 0, 18);

  it('says from which round on', () => {
    expect(said(pseudoLabelsStalled, runOf(rounds(mining(18, 0, 0), mining(4, 4, 14), still, undefined, still)))).toEqual([expect.stringContaining('From round 3 on each mining chose the very same 18 patches')]);
  });

  it('is quiet when they moved once more, stood still once, or were none', () => {
    expect(said(pseudoLabelsStalled, runOf(rounds(mining(18, 0, 0), still, still, mining(1, 1, 17))))).toEqual([]);
    expect(said(pseudoLabelsStalled, runOf(rounds(mining(18, 0, 0), mining(4, 4, 14), still)))).toEqual([]);
    expect(said(pseudoLabelsStalled, runOf(rounds(mining(0, 0, 0), mining(0, 0, 0), mining(0, 0, 0))))).toEqual([]);
    expect(said(pseudoLabelsStalled, runOf(rounds(mining(18, 0, 0))))).toEqual([]);
  });
});

describe('auroc-below-half', () => {
  it('sees an order that is the wrong way round', () => {
    const wrong = judged({ metrics: round(3, 0.05), predictions: predictions('validation', 40, (label, i) => (label === 1 ? 0.4 : 0.6) + i / 1000) });
    expect(said(aurocBelowHalf, runOf(wrong))).toEqual([expect.stringContaining('AUROC 0.050')]);
  });

  it('is quiet about few slides, and about bad luck', () => {
    expect(said(aurocBelowHalf, runOf(judged({ metrics: round(3, 0), predictions: predictions('validation', 4, (label) => (label === 1 ? 0.1 : 0.9)) })))).toEqual([]);
    expect(said(aurocBelowHalf, runOf(judged({ metrics: round(3, 0.45), predictions: predictions('validation', 40, (label, i) => ((i * 17) % 40) / 40 - label / 20) })))).toEqual([]);
    expect(said(aurocBelowHalf, runOf(judged({ metrics: round(3, 0.1), predictions: undefined })))).toEqual([]);
  });
});

describe('a run of several classes', () => {
  const three: Partial<ExperimentInput> = { cohort: { table: 'cohort.csv', classes: ['a', 'b', 'c'], negative: false } };
  const classNames = ['a', 'b', 'c'];
  /** Slides in turn of each class; the class `turned` is ranked the wrong way round. */
  const classed = (split: 'validation' | 'test', counts: readonly number[], turned?: number): SlidePrediction[] =>
    counts.flatMap((count, of) => Array.from({ length: count }, (_, i): SlidePrediction => {
      const probabilities = counts.map((__, k) => ((k === of) !== (k === turned) ? 0.7 : 0.3) + i / 1000);
      return { slide: `s${of}-${i}`, split, label: 1, probability: Math.max(...probabilities), classes: [of], probabilities };
    }));
  const metrics = (aurocs: readonly number[]): RoundMetrics => ({ ...round(3), validation: { ...slideMetrics(0.6), classes: aurocs.map((value, k) => ({ name: classNames[k]!, slides: 12, auroc: { ...nothing, value }, averagePrecision: nothing })) } });
  const result = { selectedRound: 3, selectionRule: 'rule', validation: slideMetrics(0.9), test: slideMetrics(0.9), milliseconds: {} } as RunResult;

  it('is told which class is ranked the wrong way round, and only that one', () => {
    const wrong = judged({ metrics: metrics([1, 0, 1]), predictions: classed('validation', [12, 12, 12], 1) });
    expect(said(aurocBelowHalf, runOf(wrong, three))).toEqual([expect.stringContaining('by the probability of "b" against the rest: AUROC 0.000')]);
    expect(said(aurocBelowHalf, runOf(judged({ metrics: metrics([1, 1, 1]), predictions: classed('validation', [12, 12, 12]) }), three))).toEqual([]);
  });

  it('is not told so for one slide of a class, though their mean be low', () => {
    const unlucky = judged({ metrics: metrics([0.3, 0, 0.3]), predictions: classed('validation', [12, 1, 12], 1) });
    expect(said(aurocBelowHalf, runOf(unlucky, three))).toEqual([]);
  });

  it('is told which class has few test slides, or which few are without it', () => {
    const few = (counts: readonly number[]) => said(testTooSmallForResult, runOf({ result, test: classed('test', counts) }, three));
    expect(few([30, 3, 30])).toEqual([expect.stringMatching(/rests on 3 test slides of class "b"\. .*sensitivity for "b"/)]);
    expect(few([30, 4, 0])).toEqual([expect.stringContaining('4 test slides of class "b"')]);
    expect(few([30, 30, 30])).toEqual([]);
    const both = classed('test', [30, 30]).map((one, i) => (i < 28 ? { ...one, classes: [0, 1] } : one));
    expect(said(testTooSmallForResult, runOf({ result, test: both }, { cohort: { table: 'cohort.csv', classes: ['none', 'a', 'b'], separator: ';' } }))).toEqual([expect.stringMatching(/2 test slides without "b"\. .*specificity for "b"/)]);
  });
});

describe('chanceOfRanking', () => {
  it('is the exact one-sided rank-sum test', () => {
    // Counted over all 20 and all 126 ways to choose who is positive.
    expect(chanceOfRanking([1, 2, 3], [4, 5, 6])).toBeCloseTo(1 / 20, 12);
    expect(chanceOfRanking([1, 2, 4, 8], [3, 5, 6, 7, 9])).toBeCloseTo(18 / 126, 12);
    expect(chanceOfRanking([4, 5, 6], [1, 2, 3])).toBe(1);
    expect(chanceOfRanking([], [1])).toBe(1);
  });

  it('goes over into the normal one', () => {
    const values = (count: number, shift: number): number[] => Array.from({ length: count }, (_, i) => 2 * i + shift);
    const exact = chanceOfRanking(values(30, 0), values(30, 7));
    const normal = chanceOfRanking(values(31, 0), values(31, 7));
    expect(Math.abs(exact - normal)).toBeLessThan(0.02);
  });
});

describe('test-too-small of a run', () => {
  const result = { selectedRound: 3, selectionRule: 'rule', validation: slideMetrics(0.9), test: slideMetrics(0.9), milliseconds: {} } as RunResult;

  it('says what the result can mean at best, unless silenced', () => {
    const few = { result, test: predictions('test', 8, (label) => label) };
    expect(lintRun(runOf(few), '/run')).toEqual([expect.objectContaining({ code: 'test-too-small', severity: 'warning', place: { file: '/run' }, message: expect.stringContaining('4 positive test slides') as string })]);
    expect(lintRun(runOf(few, { check: { ignore: [{ code: 'test-too-small', reason: 'a demonstration, no result' }] } }), '/run')).toEqual([]);
    expect(lintRun(runOf({ result, test: predictions('test', 40, (label) => label) }), '/run')).toEqual([]);
  });
});
