import { describeEngine } from '../../engine/select.js';
import { renderTable } from '../terminal/table.js';
import type { SelftestReport, SelftestResult } from './index.js';
import { problems } from './problems.js';

const marks = { respects: 'ok', fails: 'FAILS', unclear: 'unclear' } as const;

/** A self-test as a table for people: a row a subject, a column a problem. */
export function renderSelftest({ engine, seed, bags, epochs, results }: SelftestReport): string {
  const nameOf = ({ kind, loss }: SelftestResult) => (loss === 'ranking' ? `${kind}, pair loss with ranking` : kind);
  const names = [...new Set(results.map(nameOf))];
  const cell = (name: string, problem: string) => {
    const { alike, flipped, verdict } = results.find((result) => nameOf(result) === name && result.problem === problem)!;
    return `${alike.toFixed(2)} → ${flipped.toFixed(2)} ${marks[verdict]}`;
  };
  return [
    `MIL unit tests of Raff and Holt (2023) on ${describeEngine(engine)}`,
    `${bags} training bags, ${epochs} epochs, seed ${seed}`,
    '',
    renderTable([['aggregator', ...problems.map(({ name }) => name)], ...names.map((name) => [name, ...problems.map((problem) => cell(name, problem.name))])]),
    '',
    'AUROC on bags like those of training → on bags whose hint has changed sides.',
    'FAILS: below 0.5 there. It learnt that a bag is positive for what it lacks, which the MIL assumption rules out.',
    'unclear: below 0.6 on bags like those of training, so nothing was learnt that could fail.',
    ...problems.map(({ name, description }) => `${name}: ${description}.`),
  ].join('\n');
}
