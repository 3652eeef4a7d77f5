import { fewPatients, widest } from '../../../cohort/lint/rules/part-too-small.js';
import type { RunRule } from './contract.js';

/** The result rests on few slides of a class, and so on no more patients. */
export const testTooSmallForResult: RunRule = {
  code: 'test-too-small',
  find({ experiment, result, test }) {
    if (!result || !test) return [];
    const count = (label: number): number => test.filter((slide) => slide.label === label).length;
    const [negative, positive] = [count(0), count(1)];
    const few = Math.min(negative, positive);
    if (few === 0 || few >= fewPatients) return [];
    const isPositive = positive <= negative;
    return [{ message: `The result rests on ${few} ${isPositive ? 'positive' : 'negative'} test slide${few === 1 ? '' : 's'}. ${widest(few, isPositive ? 'sensitivity' : 'specificity', experiment.evaluation.ci)}`, remedy: `Test on at least ${fewPatients} patients of each class, or repeat the experiment over splits and pool the patients.` }];
  },
};
