import { join, relative } from 'node:path';
import { resultRows, selectionSentence } from '../../shared/run/result-rows.js';
import { runFiles } from '../../shared/run/layout.js';
import type { RunResult } from '../../shared/run/metrics.js';
import { renderTable } from './table.js';

/** The result table of a run that is done, and where its report lies. */
export function renderResult(result: RunResult, runFolder: string): string {
  const rows = resultRows(result).map(({ label, validation, test, heldOut }) => [label, validation, test, ...(result.heldOut ? [heldOut ?? ''] : [])]);
  return ['', renderTable([['', 'validation', 'test', ...(result.heldOut ? ['held out'] : [])], ...rows]), '', selectionSentence(result), `Report: ${relative('', join(runFolder, runFiles.reportHtml))}`].join('\n');
}
