import { describe, expect, it } from 'vitest';
import { exitCodeOf, renderDiagnostic, renderError } from '../../../src/host/terminal/failure.js';
import { renderResult } from '../../../src/host/terminal/result.js';
import { renderTable } from '../../../src/host/terminal/table.js';
import { HardmineError } from '../../../src/shared/errors.js';
import { result } from './run/fixtures.js';

describe('errors on the terminal', () => {
  const error = new HardmineError('slide-missing', 'This slide cannot be found.', { place: { file: 'c.csv', line: 3, column: 7, slide: '007' }, remedy: 'Check the path.' });

  it('say place, what and remedy, without a stack', () => {
    expect(renderError(error, false)).toBe('error slide-missing: c.csv:3:7, slide "007": This slide cannot be found.\n  Check the path.');
  });

  it('that nobody wrote for people say so, and show their stack only when asked', () => {
    const fault = new TypeError('x is not a function');
    expect(renderError(fault, false)).toMatch(/^error internal: x is not a function\n {2}This is a fault of Hardmine/);
    expect(renderError(fault, false)).not.toContain('\n    at ');
    expect(renderError(fault, true)).toContain(fault.stack);
  });

  it.each([
    ['experiment-invalid', 2],
    ['usage', 2],
    ['run-not-resumable', 2],
    ['golden-invalid', 2],
    ['run-locked', 1],
    ['disk-full', 1],
    ['loss-not-finite', 1],
  ] as const)('%s exits with %i', (code, expected) => {
    expect(exitCodeOf(new HardmineError(code, 'x'))).toBe(expected);
  });

  it('of a check stand in the form editors understand', () => {
    expect(renderDiagnostic({ severity: 'warning', code: 'a-b', message: 'M.', remedy: 'R.', place: { file: 'f', line: 2, column: 5, slide: 's' } })).toBe('f:2:5: warning a-b slide "s": M. R.');
    expect(renderDiagnostic({ severity: 'error', code: 'c', message: 'M.', place: { file: 'f' } })).toBe('f:1:1: error c M.');
  });
});

describe('tables on the terminal', () => {
  it('align by characters, not by bytes', () => {
    expect(renderTable([['a', 'b'], ['größe', '1'], ['x', '22']])).toBe('a      b\n─────  ──\ngröße  1\nx      22');
  });

  it('show the result, a dash where a metric is not defined', () => {
    const text = renderResult({ ...result, validation: { ...result.validation, patients: 40 } }, 'run');
    expect(text).toMatch(/^AUROC +0\.800 \[0\.700, 0\.900\] +–$/m);
    expect(text).toMatch(/^F1 +0\.600 \[.*\] +0\.600 \(too few patients for an interval, n = 1\)$/m);
    expect(text).toContain('Shown is round 2, selected by this rule: highest validation AUROC. Its decision threshold, 0.400');
    expect(text).toMatch(/Report: run.report\.html$/);
  });
});
