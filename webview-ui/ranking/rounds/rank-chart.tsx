import type { ChartConfiguration } from 'chart.js';
import { useRef, useState } from 'preact/hooks';
import { csvLine } from '../../../src/shared/csv.js';
import type { RankedPair, RankingOverview } from '../../../src/shared/rpc/rankings.js';
import { axisLook, plainOptions } from '../../shared/chart/canvas.js';
import { ChartFigure } from '../../shared/chart/chart-figure.js';
import { pictureOf, type LegendEntry } from '../../shared/chart/export.js';
import { colorOf, dashOf, markerOf, type SeriesStyle } from '../../shared/chart/series.js';
import { t } from '../../shared/l10n.js';
import { SortableTable, type TableColumn } from '../../shared/table/sortable-table.js';
import { themeColors, type ThemeColors } from '../../shared/theme/colors.js';
import { host } from '../load.js';
import { Plot } from '../plot.js';
import { number } from '../words.js';
import { histories, type FollowedHistory } from './histories.js';
import { RankLegend } from './rank-legend.js';

/** The ranks of the followed patches over the rounds: 1, the highest of its slide, is on top. */
export function RankChart({ shown, slides }: { readonly shown: RankingOverview; readonly slides: RankedPair }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [asTable, showAsTable] = useState(false);
  const lines = histories.value;
  const title = t('Rank over the rounds');
  const legend = lines.map((line, at): LegendEntry => legendEntry(line, at, themeColors.value));
  const actions = {
    asTable,
    showAsTable,
    savePicture: () => void pictureOf(canvas.current!, [title], legend, themeColors.peek()).then((picture) => host.save('patch-ranks.png', picture)),
    saveCsv: () => void host.save('patch-ranks.csv', new TextEncoder().encode(csvOf(lines, slides))),
  };
  const note = shown.split === 'test' ? t('Test slides are scored by the selected round alone.') : t('Rank of each followed patch among all patches of its slide; choose patches with Space, or by their pin.');
  return (
    <ChartFigure id="ranks" title={title} note={note} actions={actions}>
      {lines.length === 0 ? <p role="status">{t('No patch is followed.')}</p> : asTable ? <RankTable lines={lines} title={title} /> : <Plot canvas={canvas} summary={summaryOf(title, lines)} configure={(colors) => configurationOf(lines, shown, colors)} />}
      <RankLegend lines={lines} entries={legend} />
    </ChartFigure>
  );
}

export function nameOf({ side, place }: Pick<FollowedHistory, 'side' | 'place'>): string {
  return side === 'positive' ? t('positive {0}', place + 1) : t('negative {0}', place + 1);
}

/** Sides differ in dash, patches in colour and marker. */
function styleOf({ side }: FollowedHistory, at: number): SeriesStyle {
  return { color: at, dash: side === 'positive' ? 0 : 1 };
}

function legendEntry(line: FollowedHistory, at: number, colors: ThemeColors): LegendEntry {
  const style = styleOf(line, at);
  return { label: nameOf(line), color: colorOf(style, colors), dash: dashOf(style) };
}

function configurationOf(lines: readonly FollowedHistory[], { rounds }: RankingOverview, colors: ThemeColors): ChartConfiguration {
  const x = axisLook(colors, t('Round'));
  const y = axisLook(colors, t('Rank in the slide'));
  const whole = (value: string | number): string => (Number.isInteger(Math.log10(Number(value))) || [2, 5].includes(Number(value) / 10 ** Math.floor(Math.log10(Number(value)))) ? String(value) : '');
  return {
    type: 'line',
    data: {
      datasets: lines.map((line, at) => {
        const style = styleOf(line, at);
        const color = colorOf(style, colors);
        return { label: nameOf(line), data: Array.from(line.rounds, (round, row) => ({ x: round, y: line.ranks[row]! })), borderColor: color, backgroundColor: color, borderDash: [...dashOf(style)], borderWidth: 1.75, pointStyle: markerOf(style), pointRadius: 4 };
      }),
    },
    options: {
      ...plainOptions,
      scales: {
        x: { type: 'linear', ...x, min: (rounds[0] ?? 1) - 0.25, max: (rounds.at(-1) ?? 1) + 0.25, ticks: { ...x.ticks, stepSize: 1, includeBounds: false, precision: 0 } },
        y: { type: 'logarithmic', reverse: true, ...y, min: 0.8, ticks: { ...y.ticks, callback: whole } },
      },
    },
  } as ChartConfiguration;
}

function RankTable({ lines, title }: { readonly lines: readonly FollowedHistory[]; readonly title: string }) {
  const [first] = lines;
  const columns: TableColumn<number>[] = [
    { id: 'round', label: t('Round'), numeric: true, heading: true, value: (row) => first!.rounds[row] },
    ...lines.map((line) => ({ id: nameOf(line), label: nameOf(line), numeric: true, value: (row: number) => line.ranks[row], text: (row: number) => `${line.ranks[row]} (${number(line.logits[row]!)})` })),
  ];
  return <SortableTable caption={t('{0}: rank, and logit in brackets', title)} columns={columns} rows={[...first!.rounds.keys()]} keyOf={(row) => row} />;
}

function summaryOf(title: string, lines: readonly FollowedHistory[]): string {
  return [title, ...lines.map((line) => `${nameOf(line)}: ${line.ranks.join(', ')}`)].join('. ');
}

function csvOf(lines: readonly FollowedHistory[], slides: RankedPair): string {
  const rows = lines.flatMap((line) => Array.from(line.rounds, (round, row) => csvLine([slides[line.side].slide, line.place + 1, slides[line.side].x[line.place]!, slides[line.side].y[line.place]!, round, line.ranks[row]!, line.logits[row]!])));
  return [csvLine(['slide', 'place', 'x', 'y', 'round', 'rank', 'logit']), ...rows].join('');
}
