import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { experimentSchema, type ExperimentInput } from '../../../src/shared/experiment/index.js';
import { replaceJson } from '../../../src/shared/files.js';
import { slideStatistics } from '../../../src/mil/statistics/index.js';
import { Random } from '../../../src/shared/random.js';
import type { RunEventBody } from '../../../src/shared/run/events.js';
import type { Estimate, InstanceMetrics, RoundMetrics, RunResult, SlideMetrics } from '../../../src/shared/run/metrics.js';
import type { OracleEpoch } from '../../../src/shared/run/oracle.js';
import type { SplitStatistics } from '../../../src/shared/run/statistics.js';
import { roundFolder } from '../../../src/shared/run/layout.js';
import type { Lineage, RunStatus } from '../../../src/shared/run/state.js';
import { writeBank } from '../../../src/training/tables.js';

const estimate = (value: number): Estimate => ({ value, low: Math.max(0, value - 0.09), high: Math.min(1, value + 0.07) });

const slideMetrics = (auroc: number): SlideMetrics => ({
  slides: 20,
  patients: 18,
  threshold: 0.412,
  loss: 0.3,
  auroc: estimate(auroc),
  averagePrecision: estimate(auroc - 0.03),
  accuracy: estimate(auroc - 0.05),
  balancedAccuracy: estimate(auroc - 0.06),
  f1: estimate(auroc - 0.04),
  brier: estimate(0.12),
});

const instanceMetrics = (auroc: number): InstanceMetrics => ({ patches: 980, positives: 410, auroc: estimate(auroc), averagePrecision: estimate(auroc - 0.1), negativeSlidePositiveShare: 0.083 });

const roundMetrics = (round: number): RoundMetrics => ({
  round,
  epoch: 17,
  validation: slideMetrics(0.78 + 0.04 * round),
  instance: { train: instanceMetrics(0.7 + 0.03 * round), validation: instanceMetrics(0.68 + 0.03 * round) },
  mining: { positives: 30 * round, hardNegatives: 12, candidates: 140, positiveRatio: 0.2 * round, positiveThreshold: 0.7, hardNegativeThreshold: 0.5, added: 5, kept: 7, dropped: 5, positivePrecision: 0.9, hardNegativePrecision: round === 1 ? null : 0.98 },
  milliseconds: { embed: 4000, aggregate: 9000 },
});

/** Of 60 made-up predictions, each patient with one slide. */
function statistics(seed: number): SplitStatistics {
  const random = new Random(seed);
  const slides = Array.from({ length: 60 }, (_, i) => ({ patient: `p${i}`, label: (i % 3 === 0 ? 1 : 0) as 0 | 1, probability: 1 / (1 + Math.exp(-(random.normal() + (i % 3 === 0 ? 1.2 : -1.2)))) }));
  return slideStatistics(slides, slides, 0.95);
}

/** Test looks most favourable in the second epoch of the third round. */
function oracleEpochs(rounds: number): OracleEpoch[] {
  return Array.from({ length: 3 * rounds }, (_, i) => {
    const [round, epoch] = [Math.floor(i / 3) + 1, (i % 3) + 1];
    const value = round === 3 && epoch === 2 ? 0.96 : 0.8;
    return { round, epoch, threshold: 0.4, auroc: value, averagePrecision: value, accuracy: value, balancedAccuracy: value, f1: null, brier: 1 - value };
  });
}

/** Slides of a made-up run: id, path relative to the cohort table, label. */
export interface FixtureSlide {
  readonly id: string;
  readonly path: string;
  readonly label: 0 | 1;
}

export interface FixtureOptions {
  readonly rounds?: number;
  readonly done?: boolean;
  /** Whether the run scored its test slides each epoch. */
  readonly oracle?: boolean;
  readonly bank?: boolean;
  readonly warning?: string;
  /** Edge of the mined patches, level-0 pixels. */
  readonly patch?: number;
  /** Edge of the slides, level-0 pixels. */
  readonly slideSize?: number;
  readonly cohort?: Partial<ExperimentInput['cohort']>;
}

/** Writes a run folder as a real run would leave it, with numbers made up. @returns its path. */
export function makeRun(root: string, slides: readonly FixtureSlide[], { rounds = 4, done = true, oracle = false, bank = true, warning, patch = 64, slideSize = 256, cohort = {} }: FixtureOptions = {}): string {
  const folder = join(root, '.mil/runs/20261122-091503-fixture');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(root, 'cohort.csv'), ['slide_id,path,label,patient_id', ...slides.map(({ id, path, label }) => `"${id}",${path},${label},p-${id}`)].join('\n'));
  replaceJson(join(folder, 'experiment.json'), experimentSchema.parse({ name: 'fixture', cohort: { table: 'cohort.csv', ...cohort }, mining: { rounds }, evaluation: { oracle } }));
  const status: RunStatus = { state: done ? 'done' : 'running', name: 'fixture', experimentFile: join(root, 'fixture.mil.json'), round: rounds, rounds, progress: 1, pid: 1, host: 'here', started: 1_795_000_000_000, heartbeat: 1_795_000_400_000 };
  replaceJson(join(folder, 'status.json'), status);
  const events = [...eventsOf(rounds), ...(warning === undefined ? [] : [{ type: 'warning', code: 'fixture', message: warning, slide: '007' } as const])];
  writeFileSync(join(folder, 'events.jsonl'), events.map((body, i) => `${JSON.stringify({ seq: i + 1, time: 1_795_000_000_000 + i, ...body })}\n`).join(''));
  for (let round = 1; round <= rounds; round++) {
    mkdirSync(join(folder, roundFolder(round)), { recursive: true });
    replaceJson(join(folder, roundFolder(round), 'metrics.json'), roundMetrics(round));
    if (bank) writeFixtureBank(join(folder, roundFolder(round), 'bank.parquet'), slides, patch, slideSize);
  }
  if (done) {
    const result: RunResult = { selectedRound: rounds, selectionRule: 'the highest validation AUROC, then the lowest validation loss, then the earliest round', validation: slideMetrics(0.93), test: slideMetrics(0.88), instance: { validation: instanceMetrics(0.8), test: instanceMetrics(0.78) }, statistics: { validation: statistics(3), test: statistics(4) }, ...(oracle ? { oracle: true } : {}), milliseconds: { embed: 16000, aggregate: 36000 } };
    replaceJson(join(folder, 'result.json'), result);
  }
  if (oracle) writeFileSync(join(folder, 'oracle.jsonl'), [...oracleEpochs(rounds).map((epoch) => JSON.stringify(epoch)), '{"round":'].join('\n'));
  const hash = 'f00d'.repeat(16);
  const lineage: Lineage = { hardmine: '0.1.0', node: 'v20.0.0', platform: 'linux-x64', engine: { kind: 'onnx', version: '1.30.0', threads: 2, reason: 'onnxruntime-node on 2 CPU threads' }, packages: { sharp: '0.35.5' }, seed: 1, splitSeed: 1, hashes: { experiment: hash, cohort: hash, split: hash, slides: Object.fromEntries(slides.map(({ id }) => [id, hash])) }, split: Object.fromEntries(slides.map(({ id }, i) => [id, i % 3 === 0 ? 'test' : i % 3 === 1 ? 'validation' : 'train'])) };
  replaceJson(join(folder, 'lineage.json'), lineage);
  return folder;
}

function eventsOf(rounds: number): RunEventBody[] {
  const events: RunEventBody[] = [{ type: 'run-started', name: 'fixture', engine: 'onnx', resumed: false }, { type: 'memory', rss: 4.1e8 }];
  for (let epoch = 1; epoch <= 12; epoch++) events.push({ type: 'loss', stage: 'pretrain', round: 0, epoch, split: 'train', total: 4 * 0.92 ** epoch, contrastive: 4 * 0.92 ** epoch });
  events.push({ type: 'stage-finished', stage: 'pretrain', round: 0, milliseconds: 31_000 });
  for (let round = 1; round <= rounds; round++) {
    for (let epoch = 1; epoch <= 20; epoch++) {
      const total = 0.8 * (0.96 - round * 0.01) ** epoch + 0.02 * Math.sin(epoch * 1.7 + round);
      events.push({ type: 'loss', stage: 'aggregate', round, epoch, split: 'train', total }, { type: 'loss', stage: 'aggregate', round, epoch, split: 'validation', total: total * 1.15 + 0.01 * Math.cos(epoch) });
    }
    events.push({ type: 'stage-finished', stage: 'embed', round, milliseconds: 4000 }, { type: 'stage-finished', stage: 'aggregate', round, milliseconds: 9000 });
    if (round > 1) events.push({ type: 'loss', stage: 'finetune', round, epoch: 1, split: 'train', total: 2.1 - round * 0.1, contrastive: 2.1 - round * 0.1 }, { type: 'stage-finished', stage: 'finetune', round, milliseconds: 21_000 });
  }
  return events;
}

function writeFixtureBank(file: string, slides: readonly FixtureSlide[], patch: number, slideSize: number): void {
  const perSide = Math.floor(slideSize / patch);
  const rows = slides.flatMap((slide) => Array.from({ length: Math.min(8, perSide * perSide) }, (_, i) => ({ slide, i: (i * 5 + 1) % (perSide * perSide), score: 0.99 - i * 0.031 })));
  writeBank(file, {
    slide: rows.map(({ slide }) => slide.id),
    x: Float64Array.from(rows, ({ i }) => (i % perSide) * patch),
    y: Float64Array.from(rows, ({ i }) => Math.floor(i / perSide) * patch),
    size: new Float64Array(rows.length).fill(patch),
    score: Float32Array.from(rows, ({ score }) => score),
    rank: Int32Array.from(rows, (_, i) => (i % 8) + 1),
    role: rows.map(({ slide }) => (slide.label === 1 ? 'positive' : 'hard-negative')),
    change: rows.map((_, i) => (i % 3 === 0 ? 'new' : 'kept')),
    truth: Int32Array.from(rows, ({ slide }, i) => (i % 7 === 0 ? -1 : slide.label)),
  });
}
