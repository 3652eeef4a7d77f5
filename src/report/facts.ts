import { stageNames, stages } from '../shared/run/events.js';
import type { MiningSummary } from '../shared/run/metrics.js';
import { runStateAt } from '../shared/run/state.js';
import { formatBytes, formatDuration } from '../shared/units.js';
import type { RunRecord } from './record.js';

/** A line of a two-column list. */
export type Fact = readonly [label: string, value: string];

/** What the run is and how it stands. */
export function runFacts({ experiment, status, events, lineage, result }: RunRecord, now: number): Fact[] {
  const facts: Fact[] = [['Experiment', experiment.name]];
  if (status) {
    // The report is part of finishing a run: while it is written, the host still counts as running.
    const state = result ? 'done' : runStateAt(status, now);
    facts.push(['State', status.error ? `${state}: ${status.error.message}` : state], ['Started', new Date(status.started).toISOString().slice(0, 16).replace('T', ' ') + ' UTC']);
  }
  if (lineage) facts.push(['Engine', `${lineage.engine.kind} ${lineage.engine.version}, ${lineage.engine.threads} threads`]);
  const peak = Math.max(0, ...events.flatMap((event) => (event.type === 'memory' ? [event.rss] : [])));
  if (peak > 0) facts.push(['Memory', `${formatBytes(peak)} at most, as seen after each stage`]);
  return facts;
}

export interface StageTime {
  readonly name: string;
  /** Over all rounds. */
  readonly milliseconds: number;
  /** How often the stage was finished. */
  readonly times: number;
  readonly share: number;
}

/** Where the time went, in the order of a round; work that a resumed run repeated counts each time. */
export function stageTimes({ events }: RunRecord): StageTime[] {
  const finished = events.filter((event) => event.type === 'stage-finished');
  const total = finished.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return stages.flatMap((stage) => {
    const own = finished.filter((event) => event.stage === stage);
    const milliseconds = own.reduce((sum, event) => sum + event.milliseconds, 0);
    return own.length === 0 ? [] : [{ name: stageNames[stage], milliseconds, times: own.length, share: total > 0 ? milliseconds / total : 0 }];
  });
}

/** A stage's time in words: `12.4 s (3 times, 41 %)`. */
export function timeText({ milliseconds, times, share }: StageTime): string {
  return `${formatDuration(milliseconds)} (${times > 1 ? `${times} times, ` : ''}${(share * 100).toFixed(0)} %)`;
}

/** What somebody needs to get the same numbers again. */
export function lineageFacts({ lineage }: RunRecord): Fact[] {
  if (!lineage) return [];
  const { hashes, split, packages } = lineage;
  const slides = (name: string): number => Object.values(split).filter((value) => value === name).length;
  const optional: Fact[] = hashes.encoder === undefined ? [] : [['Encoder at the start', short(hashes.encoder)]];
  const judgements = Object.entries(hashes.judgements ?? {}).map(([round, hash]): Fact => [`Judgements of round ${round}`, short(hash)]);
  return [
    ['Hardmine', lineage.hardmine],
    ['Node', `${lineage.node} on ${lineage.platform}`],
    ['Engine', `${lineage.engine.kind} ${lineage.engine.version}, ${lineage.engine.threads} threads: ${lineage.engine.reason}`],
    ['Packages', Object.entries(packages).map(([name, version]) => `${name} ${version}`).join(', ') || '–'],
    ['Seeds', `run ${lineage.seed}, split ${lineage.splitSeed}`],
    ['Slides', `${slides('train')} training, ${slides('validation')} validation, ${slides('test')} test${slides('held-out') > 0 ? `, ${slides('held-out')} held out` : ''}`],
    ['Experiment', short(hashes.experiment)],
    ['Cohort table', short(hashes.cohort)],
    ['Split', short(hashes.split)],
    ...optional,
    ...judgements,
    ['Slide files', `${Object.keys(hashes.slides).length} hashed, in lineage.json`],
  ];
}

/** What each mining found, a round a row; what judgements changed, where there were any. */
export function miningTable({ rounds }: RunRecord): { readonly head: readonly string[]; readonly rows: string[][] } {
  const share = (value: number | null): string => (value === null ? '–' : `${(value * 100).toFixed(1)} %`);
  const judged = rounds.some(({ mining }) => mining?.judgements);
  const rows = rounds.flatMap(({ round, mining }) => {
    if (!mining) return [];
    const cells = [`${round}`, `${mining.hardNegatives}`, share(mining.hardNegativePrecision), `${mining.positives}`, share(mining.positivePrecision), `${mining.added} / ${mining.kept} / ${mining.dropped}`];
    return [judged ? [...cells, judgedText(mining.judgements)] : cells];
  });
  return { head: judged ? [...miningHead, 'Left out as artefact / mislabelled / no positive'] : miningHead, rows };
}
const miningHead = ['Round', 'Hard negatives', 'truly negative', 'Positives', 'truly positive', 'new / kept / gone'];

function judgedText(judged: MiningSummary['judgements']): string {
  return judged ? `${judged.artefacts} / ${judged.mislabelled} / ${judged.positivesLeft}` : '–';
}

/** What people's judgements did to the bank, a sentence a round that had any. */
export function judgementSentences({ rounds }: RunRecord): string[] {
  return rounds.flatMap(({ round, mining }) => {
    if (!mining?.judgements) return [];
    const { patches, artefacts, mislabelled, confirmed, positivesLeft } = mining.judgements;
    const left = artefacts + mislabelled + positivesLeft;
    const reasons = [`${artefacts} as artefacts`, `${mislabelled} as mislabelled`, `${positivesLeft} as no positives`].join(', ');
    return [`Round ${round}: people had judged ${patches} training patches; ${left === 0 ? 'no mining decision hung on them' : `${left} would have been mined and were left out (${reasons})`}; ${confirmed} of the hard negatives are confirmed.`];
  });
}

/** The warnings of a run, each once. */
export function warningsOf({ events }: RunRecord): string[] {
  return [...new Set(events.flatMap((event) => (event.type === 'warning' ? [`${event.code}: ${event.slide === undefined ? '' : `slide "${event.slide}": `}${event.message}`] : [])))];
}

function short(hash: string): string {
  return `sha256 ${hash.slice(0, 16)}…`;
}
