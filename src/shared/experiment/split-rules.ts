import { error, percent, type Finding } from './finding.js';
import type { Experiment } from './index.js';
import { set } from './mend.js';

/** Rules on the split, its folds and the seeds; patients are not counted here. */
export function splitRules({ split, seeds }: Experiment): Finding[] {
  return [...sharesSum(split), ...foldsMakeSense(split), ...memberExists(split), ...seedsDiffer(seeds)];
}

type Split = Experiment['split'];

function sharesSum({ validation, test, folds, heldOut, file }: Split): Finding[] {
  if (file !== undefined) return [];
  const tested = folds > 1 ? heldOut + (1 - heldOut) / folds : test;
  const chosenBy = folds > 1 ? (1 - tested) * validation : validation;
  if (chosenBy + tested < 1 - 1e-9) return [];
  return error('split-without-training', ['split'], `Validation (${percent(chosenBy)}) and test (${percent(tested)}) leave no patient to train on.`, 'Let the two shares sum to less than 1.');
}

function foldsMakeSense({ folds, repeats, heldOut, file }: Split): Finding[] {
  if (folds === 1) return error('one-fold', ['split', 'folds'], 'One fold would be the test set of its only run, and nothing is left to train on.', 'Use 2 folds or more (5 is usual), or 0 for one split.', set(['split', 'folds'], 5), set(['split', 'folds'], 0));
  if (heldOut > 0 && file !== undefined) return error('held-out-of-file', ['split', 'heldOut'], 'A given split says itself who is tested: nobody can be held out of it.', 'Set "split.heldOut" to 0.', set(['split', 'heldOut'], 0));
  if (heldOut > 0 && folds === 0) return error('held-out-without-folds', ['split', 'heldOut'], 'Without folds the test set is held out already; its share is "split.test".', 'Set "split.folds", or set "split.heldOut" to 0.', set(['split', 'heldOut'], 0), set(['split', 'folds'], 5));
  if (repeats > 1 && file !== undefined) return error('repeats-of-file', ['split', 'repeats'], 'A given split is the same each time: repeating it would give the same runs again.', 'Set "split.repeats" to 1; several "seeds" repeat the training.', set(['split', 'repeats'], 1));
  return [];
}

function memberExists({ folds, repeats, fold, repeat, file }: Split): Finding[] {
  if (fold !== null && folds === 0 && file === undefined) return error('fold-without-folds', ['split', 'fold'], `Fold ${fold} of no cross-validation: "split.folds" is 0.`, 'Set "split.folds" to the number of folds, or remove "split.fold".', set(['split', 'folds'], Math.max(5, fold)));
  if (fold !== null && folds > 0 && fold > folds) return error('fold-beyond', ['split', 'fold'], `There is no fold ${fold} of ${folds}.`, `Choose 1 to ${folds}, or null for all.`, set(['split', 'fold'], folds), set(['split', 'fold'], null));
  if (repeat !== null && repeat > repeats) return error('repeat-beyond', ['split', 'repeat'], `There is no repeat ${repeat} of ${repeats}.`, repeats === 1 ? 'Remove "split.repeat", or raise "split.repeats".' : `Choose 1 to ${repeats}, or null for all.`, set(['split', 'repeat'], null));
  return [];
}

function seedsDiffer(seeds: readonly number[]): Finding[] {
  const different = [...new Set(seeds)];
  if (different.length === seeds.length) return [];
  return error('seeds-repeat', ['seeds'], 'The same seed stands in "seeds" twice: its runs would be the same to the last bit.', 'Name each seed once.', set(['seeds'], different));
}
