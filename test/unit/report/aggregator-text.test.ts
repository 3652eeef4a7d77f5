import { describe, expect, it } from 'vitest';
import { aggregatorText } from '../../../src/report/aggregator-text.js';
import { experimentSchema, type ExperimentInput } from '../../../src/shared/experiment/index.js';

const text = (aggregator: ExperimentInput['aggregator']): string => aggregatorText(experimentSchema.parse({ name: 'm', cohort: { table: 'cohort.csv' }, aggregator }));

describe('the aggregator in the methods paragraph', () => {
  it('is told with its sizes and its losses', () => {
    expect(text({})).toBe(
      'The aggregator was DSMIL (Li et al. 2021), attention size 128, trained on pairs of slides with slide cross-entropy (weight 0.5), cross-entropy of the highest patch (0.5) and patch-wise ranking of the top 10 patches (0.1; margin 1 on the logit).',
    );
    expect(text({ kind: 'mean', standardise: true })).toContain('was mean pooling of patch logits, on features standardised by the training patches, trained on');
  });

  it.each<[NonNullable<ExperimentInput['aggregator']>, string[]]>([
    [{ kind: 'abmil', hidden: 256, attention: 64, dropout: 0.25 }, ['hidden size 256, attention size 64, dropout 0.25, trained']],
    [{ kind: 'clam-mb', clam: { clusterSize: 6, clusterWeight: 0.4 } }, ["CLAM's instance loss on the 6 most and 6 least attended patches (weight 0.4)"]],
    [{ kind: 'transmil', hidden: 256 }, ['hidden size 256, trained']],
    [{ kind: 'dtfd', dtfd: { pseudoBags: 3, distillation: 'max' } }, ['3 pseudo-bags distilled by the patch of highest activation', 'loss of its first tier']],
    [{ kind: 'acmil', acmil: { branches: 4, maskFrom: 7, masked: 0.5 } }, ['4 branches, 50 % of the 7 most attended patches', 'losses of its branches']],
    [{ kind: 'top-k', pooling: { highest: 3 } }, ['k = 3, trained']],
    [{ kind: 'lse', pooling: { sharpness: 8 } }, ['r = 8, trained']],
  ])('names what %j asks for', (aggregator, words) => {
    for (const word of words) expect(text(aggregator)).toContain(word);
  });
});
