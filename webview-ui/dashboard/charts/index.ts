import type { LossAxis } from '../../../src/shared/rpc/views/dashboard.js';
import type { BarChartSpec } from '../../shared/chart/bar-chart.js';
import type { LineChartSpec } from '../../shared/chart/spec.js';
import { t } from '../../shared/l10n.js';
import type { FollowedRun } from '../followed-run.js';
import { stageTimeChart, turnoverChart } from './bars.js';
import { epochAurocChart, lossCharts } from './losses.js';
import { memoryChart } from './memory.js';
import { miningCharts, qualityCharts } from './rounds.js';

/** Charts under one heading. */
export interface ChartSection {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly LineChartSpec[];
  readonly bars: readonly BarChartSpec[];
}

/** All charts that have something to show, in the order they are drawn. */
export function sectionsOf(runs: readonly FollowedRun[], over: LossAxis): ChartSection[] {
  const [slides, patches] = qualityCharts(runs) as [LineChartSpec, LineChartSpec];
  const losses = lossCharts(runs, over);
  const isTotal = ({ id }: LineChartSpec): boolean => id === 'loss-total';
  const sections: ChartSection[] = [
    { id: 'overview', title: t('Overview'), lines: [...losses.filter(isTotal), slides], bars: [] },
    { id: 'losses', title: t('Losses'), lines: losses.filter((chart) => !isTotal(chart)), bars: [] },
    { id: 'quality', title: t('Quality'), lines: [patches, epochAurocChart(runs, over)], bars: [] },
    { id: 'mining', title: t('Mining'), lines: miningCharts(runs), bars: [turnoverChart(runs)] },
    { id: 'resources', title: t('Time and memory'), lines: [memoryChart(runs)], bars: [stageTimeChart(runs)] },
  ];
  return sections
    .map((section) => ({ ...section, lines: section.lines.filter(({ series }) => series.length > 0), bars: section.bars.filter(({ categories }) => categories.length > 0) }))
    .filter(({ lines, bars }) => lines.length + bars.length > 0);
}
