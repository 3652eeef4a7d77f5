import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readSafetensors, writeSafetensors } from '../engine/safetensors.js';
import type { ParameterValues } from '../engine/contract.js';
import { roundFiles, roundFolder } from '../shared/run/layout.js';
import { roundMetricsSchema, type RoundMetrics } from '../shared/run/metrics.js';
import { replaceJson } from '../shared/files.js';
import { splitStandard, standardWeights, type Standard } from './standard.js';

/** The files of one round. */
export class RoundCheckpoint {
  readonly folder: string;

  constructor(runFolder: string, readonly round: number) {
    this.folder = path.join(runFolder, roundFolder(round));
  }

  file(name: keyof typeof roundFiles): string {
    return path.join(this.folder, roundFiles[name]);
  }

  create(): this {
    mkdirSync(this.folder, { recursive: true });
    return this;
  }

  async saveAggregator(weights: ParameterValues, standard: Standard | undefined): Promise<void> {
    await writeSafetensors(this.file('aggregator'), { ...weights, ...(standard && standardWeights(standard)) });
  }

  async loadAggregator(): Promise<{ readonly weights: ParameterValues; readonly standard: Standard | undefined }> {
    return splitStandard((await readSafetensors(this.file('aggregator'))).values);
  }

  /** Written last: a round with metrics is complete. */
  finish(metrics: RoundMetrics): void {
    replaceJson(this.file('metrics'), metrics);
  }

  /** @returns undefined where the round is not complete. */
  metrics(): RoundMetrics | undefined {
    return existsSync(this.file('metrics')) ? roundMetricsSchema.parse(JSON.parse(readFileSync(this.file('metrics'), 'utf8'))) : undefined;
  }
}
