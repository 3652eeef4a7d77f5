import { describe, expect, it } from 'vitest';
import { experimentSchema, type ExperimentInput } from '../../../../src/shared/experiment/index.js';
import { checkRules } from '../../../../src/shared/experiment/rules.js';
import { memberExperiment, memberName, memberOf, membersOf, memberWords } from '../../../../src/shared/study/members.js';

const experiment = (parts: Partial<ExperimentInput>) => experimentSchema.parse({ name: 'x', cohort: { table: 'cohort.csv' }, ...parts });

describe('members of a study', () => {
  it('are one run where there are no folds and no seeds, the experiment itself', () => {
    const plain = experiment({ seed: 4 });
    expect(membersOf(plain)).toEqual([{ repeat: 1, fold: null, seed: 4 }]);
    expect(memberExperiment(plain, membersOf(plain)[0]!)).toEqual(plain);
  });

  it('are every repeat, fold and seed, each an experiment of one run that names itself', () => {
    const study = experiment({ seeds: [7, 8], split: { folds: 3, repeats: 2 } });
    const members = membersOf(study);
    expect(members.map(memberName)).toEqual([1, 2].flatMap((r) => [1, 2, 3].flatMap((f) => [7, 8].map((s) => `r${r}-f${f}-s${s}`))));
    for (const member of members) {
      const single = memberExperiment(study, member);
      expect(membersOf(single)).toEqual([member]);
      expect(memberOf(single)).toEqual(member);
      expect(checkRules(single).filter(({ path }) => path[0] === 'split')).toEqual([]);
    }
    expect(memberWords(members[3]!)).toEqual(['--repeat', '1', '--fold', '2', '--seed', '8']);
  });

  it('may be some of them', () => {
    expect(membersOf(experiment({ split: { folds: 5, fold: 2, repeats: 3 } })).map(memberName)).toEqual(['r1-f2-s1', 'r2-f2-s1', 'r3-f2-s1']);
    expect(membersOf(experiment({ split: { repeats: 3 }, seeds: [9] })).map(memberName)).toEqual(['r1-s9', 'r2-s9', 'r3-s9']);
  });
});

describe('rules of splits', () => {
  it.each([
    [{ split: { folds: 1 } }, 'one-fold'],
    [{ split: { fold: 2 } }, 'fold-without-folds'],
    [{ split: { folds: 3, fold: 4 } }, 'fold-beyond'],
    [{ split: { folds: 3, repeat: 2 } }, 'repeat-beyond'],
    [{ split: { heldOut: 0.2 } }, 'held-out-without-folds'],
    [{ split: { file: 'x', repeats: 2 } }, 'repeats-of-file'],
    [{ split: { file: 'x', folds: 3, heldOut: 0.1 } }, 'held-out-of-file'],
    [{ seeds: [1, 2, 1] }, 'seeds-repeat'],
    [{ split: { validation: 0.6, test: 0.4 } }, 'split-without-training'],
  ])('%j: %s', (parts, code) => {
    expect(checkRules(experiment(parts)).map((finding) => finding.code)).toEqual([code]);
  });

  it('allow what makes sense', () => {
    for (const split of [{ folds: 5, repeats: 10, heldOut: 0.2 }, { repeats: 10 }, { file: 'splits', folds: 5, fold: 5 }, { file: 'splits', fold: 3 }]) expect(checkRules(experiment({ split }))).toEqual([]);
  });
});
