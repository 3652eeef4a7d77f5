import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { experimentSchema, type Experiment } from '../../../../src/shared/experiment/index.js';
import type { Estimate, RunResult, SlideMetrics } from '../../../../src/shared/run/metrics.js';

/** A folder that lasts as long as the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hardmine-host-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function runFolderIn(parent: string, name = 'run'): string {
  const folder = join(parent, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

export const experiment: Experiment = experimentSchema.parse({ name: 'fixture', cohort: { table: 'cohort.csv' }, mining: { rounds: 2 } });

const estimate = (value: number): Estimate => ({ value, low: value - 0.1, high: value + 0.1 });

export const slideMetrics: SlideMetrics = {
  slides: 4,
  patients: 3,
  threshold: 0.4,
  loss: 0.3,
  auroc: estimate(0.8),
  averagePrecision: estimate(0.75),
  accuracy: estimate(0.7),
  balancedAccuracy: estimate(0.7),
  f1: estimate(0.6),
  brier: estimate(0.2),
};

export const result: RunResult = { selectedRound: 2, selectionRule: 'highest validation AUROC', validation: slideMetrics, test: { ...slideMetrics, auroc: { value: null, low: null, high: null } }, milliseconds: { embed: 1200 } };
