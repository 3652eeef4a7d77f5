import { describeEngine } from '../../engine/select.js';
import { renderTable } from '../terminal/table.js';
import type { SelftestReport, SelftestResult } from './index.js';
import { problems } from './problems.js';
import { verdictOfAll } from './verdict.js';

const marks = { respects: 'ok', fails: 'FAILS', unclear: 'unclear' } as const;

/** A self-test as a table for people: a row a subject, a column a problem. */
export function renderSelftest({ engine, seed, seeds, bags, epochs, results }: SelftestReport): string {
  const nameOf = ({ kind, loss }: SelftestResult) => (loss === 'ranking' ? `${kind}, pair loss with ranking` : kind);
  const names = [...new Set(results.map(nameOf))];
  const cell = (name: string, problem: string) => {
    const own = results.filter((result) => nameOf(result) === name && result.problem === problem);
    const failed = own.filter(({ verdict }) => verdict === 'fails').length;
    const often = failed > 0 && failed < own.length ? ` in ${failed} of ${own.length}` : '';
    return `${spread(own.map(({ alike }) => alike))} → ${spread(own.map(({ flipped }) => flipped))} ${marks[verdictOfAll(own)]}${often}`;
  };
  return [
    `MIL unit tests of Raff and Holt (2023) on ${describeEngine(engine)}`,
    `${bags} training bags, ${epochs} epochs, ${seeds === 1 ? `seed ${seed}` : `seeds ${seed} to ${seed + seeds - 1}: mean (lowest–highest)`}`,
    '',
    renderTable([['aggregator', ...problems.map(({ name }) => name)], ...names.map((name) => [name, ...problems.map((problem) => cell(name, problem.name))])]),
    '',
    'AUROC on bags like those of training → on bags whose hint has changed sides.',
    `FAILS: below 0.5 there${seeds === 1 ? '' : ', with any seed'}. It learnt that a bag is positive for what it lacks, which the MIL assumption rules out.`,
    'unclear: below 0.6 on bags like those of training, so nothing was learnt that could fail.',
    ...problems.map(({ name, description }) => `${name}: ${description}.`),
  ].join('\n');
}

/** Of one the value, of more mean and range. */
function spread(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.length === 1 ? mean.toFixed(2) : `${mean.toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`;
}
