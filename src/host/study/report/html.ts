import { htmlDocument } from '../../../report/html/document.js';
import { cardHtml } from '../../../report/html/card.js';
import { escape, htmlTable } from '../../../report/html/text.js';
import type { Experiment } from '../../../shared/experiment/index.js';
import { intervalText } from '../../../shared/run/too-few.js';
import { formatInterval, formatSpread, headline, type StudySummary } from '../../../shared/study/summary.js';
import { dotChart } from './dots.js';
import type { ToldStudy } from './told.js';
import { studySentences } from './words.js';

/** The study as one page without script or outside resource. */
export function studyHtml({ summary, tables, methods, card }: ToldStudy, experiment: Experiment): string {
  const sections = tables.map(({ title, head, rows, caption }) => `<section><h2>${escape(title)}</h2>${htmlTable(caption, head, rows)}</section>`);
  return htmlDocument(`${summary.name}: Hardmine study`, [
    `<h1>${escape(summary.name)}</h1>`,
    `<p class="soft">${summary.members.length} runs of one experiment, summed up.</p>`,
    tiles(summary),
    ...studySentences(summary).map((sentence) => `<p>${escape(sentence)}</p>`),
    dotChart(summary),
    ...sections,
    `<section><h2>Methods</h2><p class="soft">For a paper: generated from the experiment and what the runs left.</p><p>${escape(methods)}</p></section>`,
    `<section><h2>Model card</h2>${cardHtml(card)}</section>`,
    `<section><h2>Experiment</h2><details><summary>experiment.json</summary><pre>${escape(JSON.stringify(experiment, undefined, 2))}</pre></details></section>`,
  ]);
}

function tiles(summary: StudySummary): string {
  const main = headline(summary);
  const tile = (name: string, value: string, below: string): string => `<div>${escape(name)}<b>${escape(value)}</b><span class="soft">${escape(below)}</span></div>`;
  const { outOfFold, heldOut } = summary;
  const shown = [
    ...(main ? [tile(`Test AUROC over ${main.spread.n} ${main.over === 'folds' ? 'test sets' : 'seeds'}`, formatSpread(main.spread), formatInterval(main.spread) || 'no interval')] : []),
    ...(outOfFold ? [tile('Out-of-fold AUROC', outOfFold.auroc.value?.toFixed(3) ?? '–', intervalText(outOfFold))] : []),
    ...(heldOut ? [tile('Held-out AUROC', heldOut.ensemble.auroc.value?.toFixed(3) ?? '–', intervalText(heldOut.ensemble))] : []),
  ];
  return `<div class="headline">${shown.join('')}</div>`;
}
