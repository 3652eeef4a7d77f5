import { chartsOf, type Chart, type ChartPoint } from './charts.js';
import { judgementSentences, lineageFacts, miningTable, runFacts, stageTimes, timeText, warningsOf, type Fact } from './facts.js';
import { cardMarkdown, modelCard } from './card.js';
import { methodsText } from './methods.js';
import type { Mined } from './mined.js';
import { oracleCaption } from './oracle.js';
import type { RunRecord } from './record.js';
import { noResult, resultTable } from './result.js';
import { patientWarnings, statisticsOf, statisticsSentence } from './statistics.js';
import { selectionSentence } from '../shared/run/result-rows.js';
import { formatEstimate } from '../shared/run/too-few.js';

/** The report as Markdown: the numbers, for a terminal, a commit or a chat. @param now milliseconds since 1970. */
export function markdownReport(record: RunRecord, mined: Mined | undefined, now: number): string {
  const parts = [`# ${record.experiment.name}`, facts(runFacts(record, now).slice(1)), ...resultPart(record), ...statisticsPart(record), ...curvePart(record), ...minedPart(record, mined), ...timePart(record), ...warningPart(record), '## Methods', methodsText(record), '## Model card', cardMarkdown(modelCard(record), 3), ...lineagePart(record)];
  return `${parts.join('\n\n')}\n`;
}

function resultPart(record: RunRecord): string[] {
  const { result, experiment } = record;
  if (!result) return ['## Result', noResult(record)];
  const { head, rows } = resultTable(result, record);
  return ['## Result', table(head, rows), selectionSentence(result), ...(record.oracle ? [oracleCaption(record.experiment)] : []), ...(experiment.evaluation.bootstrap > 0 ? [`Brackets: ${Number((experiment.evaluation.ci * 100).toFixed(1))} % intervals by bootstrap over patients. A dash: not defined, because only one class is present.`] : [])];
}

function statisticsPart(record: RunRecord): string[] {
  const tables = statisticsOf(record);
  return tables.length > 0 ? [...tables.flatMap(({ title, head, rows }) => [`## ${title}`, table(head, rows)]), statisticsSentence(record), ...patientWarnings(record)] : [];
}

function curvePart(record: RunRecord): string[] {
  const byRound = chartsOf(record).filter(({ xLabel }) => xLabel === 'round');
  return byRound.length === 0 ? [] : ['## Rounds', ...byRound.flatMap((chart) => [table([`${chart.title}`, ...chart.series.map(({ name }) => name)], chartRows(chart)), chart.caption])];
}

function chartRows({ series }: Chart): string[][] {
  const xs = [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  return xs.map((x) => [`${x}`, ...series.map(({ points }) => pointText(points.find((point) => point.x === x)))]);
}

function pointText(point: ChartPoint | undefined): string {
  return point ? formatEstimate({ value: point.y, low: point.low ?? null, high: point.high ?? null }, Infinity) : '–';
}

function minedPart(record: RunRecord, mined: Mined | undefined): string[] {
  const { head, rows } = miningTable(record);
  if (rows.length === 0 && !mined) return [];
  const lists = mined?.groups.flatMap(({ role, patches, total }) =>
    total === 0 ? [] : [`### ${role === 'positive' ? 'Positives' : 'Hard negatives'} of round ${mined.round}: the ${patches.length} highest of ${total}`, table(['Slide', 'x', 'y', 'Score', 'Rank', 'Truth'], patches.map(({ slide, place, score, rank, truth }) => [slide, place ? `${Math.round(place.x)}` : '–', place ? `${Math.round(place.y)}` : '–', score.toFixed(3), `${rank}`, truth ?? '–']))],
  );
  return ['## Mined patches', ...(rows.length > 0 ? [table(head, rows), ...judgementSentences(record)] : []), ...(lists ?? []), 'x and y are the left and top edge in level-0 pixels; report.html shows the patches.'];
}

function timePart(record: RunRecord): string[] {
  const times = stageTimes(record);
  return times.length === 0 ? [] : ['## Time', table(['Stage', 'Wall time over all rounds'], times.map((time) => [time.name, timeText(time)]))];
}

function warningPart(record: RunRecord): string[] {
  const warnings = warningsOf(record);
  return warnings.length === 0 ? [] : ['## Warnings', warnings.map((warning) => `- ${flat(warning)}`).join('\n')];
}

function lineagePart(record: RunRecord): string[] {
  const lineage = lineageFacts(record);
  return lineage.length === 0 ? [] : ['## Lineage', facts(lineage)];
}

function facts(list: readonly Fact[]): string {
  return list.map(([label, value]) => `- ${label}: ${flat(value)}`).join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => flat(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}

function flat(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}
