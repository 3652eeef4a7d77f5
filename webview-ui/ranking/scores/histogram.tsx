import type { ChartConfiguration } from 'chart.js';
import { useRef, useState } from 'preact/hooks';
import { csvLine } from '../../../src/shared/csv.js';
import type { RankingOverview, ScoreHistogram } from '../../../src/shared/rpc/rankings.js';
import { axisLook, plainOptions } from '../../shared/chart/canvas.js';
import { ChartFigure } from '../../shared/chart/chart-figure.js';
import { pictureOf } from '../../shared/chart/export.js';
import { faded, type Mark } from '../../shared/chart/series.js';
import { t } from '../../shared/l10n.js';
import { SortableTable, type TableColumn } from '../../shared/table/sortable-table.js';
import { themeColors, type ThemeColors } from '../../shared/theme/colors.js';
import { host } from '../load.js';
import { Plot } from '../plot.js';
import { count } from '../words.js';

export type Space = 'logit' | 'probability';

/** Patches of positive and of negative slides by their score, in the same bins. */
export function Histogram({ shown, space, log }: { readonly shown: RankingOverview; readonly space: Space; readonly log: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [asTable, showAsTable] = useState(false);
  const histogram = shown.histograms[space];
  const title = space === 'logit' ? t('Logits of the patches') : t('Probabilities of the patches');
  const marks = marksOf(shown, space);
  const legend = (colors: ThemeColors) => [
    { label: positiveName(), color: colors.charts.blue, dash: [] },
    { label: negativeName(), color: colors.charts.orange, dash: [] },
  ];
  const actions = {
    asTable,
    showAsTable,
    savePicture: () => void pictureOf(canvas.current!, [title], legend(themeColors.peek()), themeColors.peek()).then((picture) => host.save('patch-scores.png', picture)),
    saveCsv: () => void host.save('patch-scores.csv', new TextEncoder().encode(csvOf(histogram))),
  };
  return (
    <div class="histogram">
      <ChartFigure id="scores" title={title} note={noteOf(shown)} actions={actions}>
        <p class="key">
          <span class="bar-key filled" aria-hidden="true" /> {positiveName()} <span class="bar-key hollow" aria-hidden="true" /> {negativeName()}
        </p>
        {asTable ? <BinTable histogram={histogram} title={title} /> : <Plot canvas={canvas} summary={summaryOf(title, histogram, marks)} marks={marks} configure={(colors) => configurationOf(histogram, title, log, colors)} />}
      </ChartFigure>
    </div>
  );
}

const positiveName = (): string => t('positive slides (filled)');
const negativeName = (): string => t('negative slides (outlined)');

function marksOf({ candidateThreshold, hardNegativeThreshold }: RankingOverview, space: Space): Mark[] {
  const at = (score: number): number => (space === 'logit' ? Math.log(score / (1 - score)) : score);
  const marks = [{ x: at(candidateThreshold), label: t('candidates above {0}', candidateThreshold) }];
  if (hardNegativeThreshold !== null) marks.push({ x: at(hardNegativeThreshold), label: t('hard negatives from {0}', hardNegativeThreshold.toFixed(3)) });
  return marks.filter(({ x }) => Number.isFinite(x)).sort((a, b) => a.x - b.x);
}

function noteOf({ split, candidateThreshold, hardNegativeThreshold }: RankingOverview): string {
  if (split !== 'train') return t('Nothing is mined from these slides; the threshold of candidates, {0}, is drawn to compare.', candidateThreshold);
  const candidates = t('Patches of positive slides above a probability of {0} are candidates for mining.', candidateThreshold);
  const hard = hardNegativeThreshold === null ? t('This round mined no hard negatives.') : t('Those of negative slides from {0} on were mined as hard negatives, unless capped or judged.', hardNegativeThreshold.toFixed(3));
  return `${candidates} ${hard}`;
}

function configurationOf({ start, width, positive, negative }: ScoreHistogram, title: string, log: boolean, colors: ThemeColors): ChartConfiguration {
  const x = axisLook(colors, title);
  const y = axisLook(colors, t('Patches'));
  // A bar of one patch has height 0 on a logarithmic axis that begins at 1.
  const points = (counts: Int32Array) => Array.from(counts, (value, bin) => ({ x: start + (bin + 0.5) * width, y: log && value === 0 ? NaN : value }));
  const bars = { barPercentage: 1, categoryPercentage: 0.9, borderWidth: 1 };
  return {
    type: 'bar',
    data: {
      datasets: [
        { label: positiveName(), data: points(positive), backgroundColor: colors.charts.blue, borderColor: colors.charts.blue, ...bars },
        { label: negativeName(), data: points(negative), backgroundColor: faded(colors.charts.orange, 0.15), borderColor: colors.charts.orange, ...bars },
      ],
    },
    options: {
      ...plainOptions,
      scales: {
        x: { type: 'linear', offset: false, ...x, min: start, max: start + positive.length * width, ticks: { ...x.ticks, maxRotation: 0 } },
        y: { type: log ? 'logarithmic' : 'linear', ...y, ...(log ? { min: 0.5 } : { beginAtZero: true }), ticks: { ...y.ticks, callback: (value: string | number) => (!log || Number.isInteger(Math.log10(Number(value))) ? count(Number(value)) : '') } },
      },
    },
  } as ChartConfiguration;
}

function BinTable({ histogram: { start, width, positive, negative }, title }: { readonly histogram: ScoreHistogram; readonly title: string }) {
  const edge = (bin: number): number => Number((start + bin * width).toFixed(6));
  const columns: TableColumn<number>[] = [
    { id: 'from', label: t('from'), numeric: true, heading: true, value: edge },
    { id: 'to', label: t('to'), numeric: true, value: (bin) => edge(bin + 1) },
    { id: 'positive', label: t('positive slides'), numeric: true, value: (bin) => positive[bin], text: (bin) => count(positive[bin]!) },
    { id: 'negative', label: t('negative slides'), numeric: true, value: (bin) => negative[bin], text: (bin) => count(negative[bin]!) },
  ];
  return <SortableTable caption={title} columns={columns} rows={[...positive.keys()]} keyOf={(bin) => bin} />;
}

function summaryOf(title: string, { start, width, positive, negative }: ScoreHistogram, marks: readonly Mark[]): string {
  const peak = (counts: Int32Array): string => (start + (counts.indexOf(Math.max(...counts)) + 0.5) * width).toFixed(2);
  return [title, t('most patches of positive slides near {0}, of negative slides near {1}', peak(positive), peak(negative)), ...marks.map(({ label }) => label)].join('. ');
}

function csvOf({ start, width, positive, negative }: ScoreHistogram): string {
  const edge = (bin: number): number => Number((start + bin * width).toFixed(6));
  return [csvLine(['from', 'to', 'positive_slides', 'negative_slides']), ...Array.from(positive, (value, bin) => csvLine([edge(bin), edge(bin + 1), value, negative[bin]!]))].join('');
}
