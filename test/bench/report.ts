import type { BenchCase } from './cases/case.js';
import type { Standing } from './contest.js';

export interface CaseResult {
  readonly case: Pick<BenchCase, 'name' | 'title' | 'target' | 'patches'>;
  readonly standings: readonly Standing[];
  /** Our median over the best median of the peer; undefined where the peer is missing. */
  readonly ratio?: number;
}

export interface BenchReport {
  readonly date: string;
  readonly machine: string;
  readonly engine: string;
  readonly torch: string;
  readonly results: readonly CaseResult[];
}

/** @throws Error when the contestants computed different things. */
export function judge(benchCase: BenchCase, standings: readonly Standing[]): CaseResult {
  const [{ value }] = standings as [Standing];
  for (const other of standings) {
    if (!(Math.abs(other.value - value) <= 1e-3 * Math.abs(value))) throw new Error(`${benchCase.title}: "${other.name}" computes ${other.value}, not ${value}`);
  }
  const best = (ours: boolean) => Math.min(...standings.filter(({ side }) => (side === 'hardmine') === ours).map(({ median }) => median));
  const peer = best(false);
  const { name, title, target, patches } = benchCase;
  return { case: { name, title, target, patches }, standings, ratio: Number.isFinite(peer) ? best(true) / peer : undefined };
}

/** The report as Markdown: one table, times of a step in ms, the ratio to the best of the peer. */
export function renderMarkdown({ date, machine, engine, torch, results }: BenchReport): string {
  const rows = results.flatMap(({ case: { title, target, patches }, standings, ratio }) =>
    standings.map(({ name, side, median, fastest }, i) => [
      i === 0 ? title : '',
      name,
      `${ms(median)}${patches ? ` (${(patches / (median / 1000)).toFixed(0)} patches/s)` : ''}`,
      ms(fastest),
      side === 'hardmine' && ratio !== undefined ? `**${ratio.toFixed(2)}** (to reach: ${target})` : '',
    ]),
  );
  return [
    `${date}; ${machine}; ${engine}; ${torch}.`,
    '',
    '| | | median, ms a step | fastest | × best peer |',
    '|---|---|---|---|---|',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}

function ms(value: number): string {
  return value.toFixed(value < 100 ? 1 : 0);
}
