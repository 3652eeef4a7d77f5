import { formatBytes } from '../../../src/shared/units.js';
import type { LineChartSpec } from '../../shared/chart/spec.js';
import { t } from '../../shared/l10n.js';
import type { FollowedRun } from '../followed-run.js';
import { seriesOf } from './naming.js';

/** Memory of the host over time. */
export function memoryChart(runs: readonly FollowedRun[]): LineChartSpec {
  const part = { key: 'rss', label: t('resident memory'), curveOf: (run: FollowedRun) => run.curve('memory', { x: 'elapsed', y: 'rss' }) };
  return {
    id: 'memory',
    title: t('Memory of the training host'),
    note: t('As seen after each stage.'),
    axis: { id: 'elapsed', label: t('Time'), kind: 'duration' },
    yLabel: t('memory'),
    format: formatBytes,
    series: seriesOf(runs, [part], 'memory'),
    marks: [],
    isLoss: false,
  };
}
