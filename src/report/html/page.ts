import { chartsOf } from '../charts.js';
import { judgementSentences, lineageFacts, miningTable, runFacts, stageTimes, timeText, warningsOf, type Fact } from '../facts.js';
import { modelCard } from '../card.js';
import { methodsText } from '../methods.js';
import type { Mined } from '../mined.js';
import { oracleCaption } from '../oracle.js';
import type { Estimate } from '../../shared/run/estimate.js';
import type { RunRecord } from '../record.js';
import { noResult, resultTable } from '../result.js';
import { patientWarnings, statisticsOf, statisticsSentence } from '../statistics.js';
import { selectionSentence } from '../../shared/run/result-rows.js';
import { intervalText } from '../../shared/run/too-few.js';
import { cardHtml } from './card.js';
import { chartFigure } from './chart.js';
import { htmlDocument } from './document.js';
import { patchSection } from './patches.js';
import { escape, htmlTable } from './text.js';

/** The report as one file without script or outside resource. @param now milliseconds since 1970. */
export function htmlReport(record: RunRecord, mined: Mined | undefined, now: number): string {
  const sections = [
    resultSection(record),
    statisticsSection(record),
    section('Curves', [`<div class="charts">${chartsOf(record).map(chartFigure).join('\n')}</div>`], chartsOf(record).length > 0),
    section('Mined patches', [miningSummary(record), mined ? patchSection(mined) : ''], mined !== undefined || miningTable(record).rows.length > 0),
    timeSection(record),
    warningSection(record),
    section('Methods', ['<p class="soft">For a paper: generated from experiment.json and lineage.json.</p>', `<p>${escape(methodsText(record))}</p>`], true),
    section('Model card', [cardHtml(modelCard(record))], true),
    section('Lineage', ['<p class="soft">All that the numbers depend on; lineage.json holds it in full.</p>', factList(lineageFacts(record))], record.lineage !== undefined),
    section('Experiment', ['<p class="soft">As it was run, every default written out.</p>', `<details><summary>experiment.json</summary><pre>${escape(JSON.stringify(record.experiment, undefined, 2))}</pre></details>`], true),
  ];
  return htmlDocument(`${record.experiment.name}: Hardmine report`, [
    `<h1>${escape(record.experiment.name)}</h1>`,
    '<p class="soft">A weakly supervised whole-slide experiment with hard negative sample mining.</p>',
    factList(runFacts(record, now).slice(1)),
    ...sections,
  ]);
}

function section(title: string, content: readonly string[], present: boolean): string {
  return present ? [`<section>`, `<h2>${title}</h2>`, ...content, '</section>'].join('\n') : '';
}

function resultSection(record: RunRecord): string {
  const { result, experiment } = record;
  if (!result) return section('Result', [`<p>${noResult(record)}</p>`], true);
  const { test, selectedRound } = result;
  const tile = (name: string, of: Estimate): string => `<div>${name}<b>${of.value === null ? '–' : of.value.toFixed(3)}</b><span class="soft">${intervalText(test, of)}</span></div>`;
  const intervals = experiment.evaluation.bootstrap > 0 ? ` Brackets: ${Number((experiment.evaluation.ci * 100).toFixed(1))} % intervals by bootstrap over patients.` : '';
  const { head, rows } = resultTable(result, record);
  return section('Result', [
    `<div class="headline">${tile('Test AUROC', test.auroc)}${tile('Test balanced accuracy', test.balancedAccuracy)}</div>`,
    `<p class="soft">Test at round ${selectedRound}, which validation chose.</p>`,
    `<p>${escape(selectionSentence(result))}</p>`,
    htmlTable(`Metrics of the selected round. A dash: not defined, because only one class is present.${intervals}`, head, rows),
    ...(record.oracle ? [`<p class="soft">${escape(oracleCaption(record.experiment))}</p>`] : []),
  ], true);
}

function statisticsSection(record: RunRecord): string {
  const [first, ...others] = statisticsOf(record);
  if (!first) return '';
  const warnings = patientWarnings(record).map((warning) => `<li>${escape(warning)}</li>`);
  const further = others.map(({ title, head, rows }) => `<h3>${escape(title)}</h3>\n${htmlTable('', head, rows)}`);
  return section(first.title, [htmlTable(statisticsSentence(record), first.head, first.rows), ...further, warnings.length > 0 ? `<ul class="warnings">${warnings.join('\n')}</ul>` : ''], true);
}

function miningSummary(record: RunRecord): string {
  const { head, rows } = miningTable(record);
  const judged = judgementSentences(record).map((sentence) => `<li>${escape(sentence)}</li>`);
  return rows.length === 0 ? '' : htmlTable('What each mining found. Shares are known only where instance truth is given; it is used to report, never to mine.', head, rows) + (judged.length > 0 ? `<ul class="soft">${judged.join('\n')}</ul>` : '<p></p>');
}

function timeSection(record: RunRecord): string {
  const times = stageTimes(record);
  const longest = Math.max(...times.map(({ milliseconds }) => milliseconds));
  const rows = times.map((time) => `<tr><th scope="row">${time.name}</th><td><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="bar" y="2" height="6" rx="1" width="${Math.max(0.4, (100 * time.milliseconds) / longest).toFixed(1)}"/></svg></td><td>${timeText(time)}</td></tr>`);
  return section('Time', ['<div class="table"><table class="times"><caption>Wall time of each stage, summed over rounds; work repeated after a resume counts each time.</caption>', `<tbody>${rows.join('\n')}</tbody></table></div>`], times.length > 0);
}

function warningSection(record: RunRecord): string {
  const warnings = warningsOf(record);
  return section('Warnings', [`<ul class="warnings">${warnings.map((warning) => `<li>${escape(warning)}</li>`).join('\n')}</ul>`], warnings.length > 0);
}

function factList(facts: readonly Fact[]): string {
  return `<dl class="facts">${facts.map(([label, value]) => `<dt>${escape(label)}</dt><dd>${escape(value)}</dd>`).join('\n')}</dl>`;
}
