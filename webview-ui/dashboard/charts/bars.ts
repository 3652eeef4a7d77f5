import { stageNames, stages } from '../../../src/shared/run/stages.js';
import type { BarChartSpec } from '../../shared/chart/bar-chart.js';
import { t } from '../../shared/l10n.js';
import { formatDuration } from '../../../src/shared/units.js';
import type { FollowedRun } from '../followed-run.js';
import { letterOf } from './naming.js';

/** Rounds of any of the runs as categories, and the runs as groups. */
function frame(runs: readonly FollowedRun[], table: 'mined' | 'stages'): { rounds: readonly number[]; categories: readonly string[]; groups: BarChartSpec['groups'] } {
  const rounds = [...new Set(runs.flatMap((run) => [...run.table(table).column('round')]))].sort((a, b) => a - b);
  return { rounds, categories: rounds.map((round) => (round === 0 ? t('before') : String(round))), groups: runs.map((run, index) => ({ key: run.run, label: runs.length > 1 ? `${letterOf(index)} · ${run.name}` : run.name })) };
}

/** How the bank changes from round to round; what left it is drawn downwards. */
export function turnoverChart(runs: readonly FollowedRun[]): BarChartSpec {
  const { rounds, categories, groups } = frame(runs, 'mined');
  const parts = [
    { key: 'kept', label: t('kept'), sign: 1, style: { color: 0, dash: 0 } },
    { key: 'added', label: t('new'), sign: 1, style: { color: 1, dash: 0 } },
    { key: 'dropped', label: t('dropped'), sign: -1, style: { color: 3, dash: 1 } },
  ];
  return {
    id: 'turnover',
    title: t('Turnover of the bank'),
    note: t('Against the bank of the round before. Dropped patches are drawn downwards.'),
    xLabel: t('Round'),
    yLabel: t('patches'),
    categories,
    groups,
    parts: parts.map(({ key, label, sign, style }) => ({ key: `turnover/${key}`, label, style, values: runs.map((run) => rounds.map((round) => sign * sumOf(run, 'mined', key, round))) })),
    format: (value) => String(Math.abs(Math.round(value))),
  };
}

/** Where the time went. */
export function stageTimeChart(runs: readonly FollowedRun[]): BarChartSpec {
  const { rounds, categories, groups } = frame(runs, 'stages');
  const present = stages.filter((_, stage) => runs.some((run) => run.table('stages').column('stage').includes(stage)));
  return {
    id: 'stage-time',
    title: t('Time per stage'),
    note: t('Work that a resumed run repeated counts each time.'),
    xLabel: t('Round'),
    yLabel: t('time'),
    categories,
    groups,
    parts: present.map((stage) => {
      const place = stages.indexOf(stage);
      return { key: `stage/${stage}`, label: t(stageNames[stage]), style: { color: place % 6, dash: Math.floor(place / 6) }, values: runs.map((run) => rounds.map((round) => sumOf(run, 'stages', 'milliseconds', round, place))) };
    }),
    format: formatDuration,
  };
}

/** The sum of a column over the rows of a round; NaN where there is none. */
function sumOf(run: FollowedRun, name: 'mined' | 'stages', column: string, round: number, stage?: number): number {
  const table = run.table(name);
  let sum = NaN;
  for (let row = 0; row < table.rows; row++) {
    if (table.at('round', row) !== round || (stage !== undefined && table.at('stage', row) !== stage)) continue;
    sum = (Number.isNaN(sum) ? 0 : sum) + table.at(column, row);
  }
  return sum;
}
