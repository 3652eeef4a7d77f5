import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { EncoderState } from '../encoders/contract.js';
import { readSafetensors, writeSafetensors } from '../engine/safetensors.js';
import { roundFiles } from '../shared/run/layout.js';

/** Saves an encoder and its optimiser; `epochs` counts those done of the stage that made them. */
export async function saveEncoderState(folder: string, { weights, optimizer }: EncoderState, epochs: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  // The weights come last: they name the epoch whose optimiser must already be there.
  await writeSafetensors(path.join(folder, roundFiles.optimizer), optimizer, { epochs: String(epochs) });
  await writeSafetensors(path.join(folder, roundFiles.encoder), weights, { epochs: String(epochs) });
}

/** @returns undefined where nothing is there, or a write was cut off between the two files. */
export async function loadEncoderState(folder: string): Promise<{ state: EncoderState; epochs: number } | undefined> {
  const [weightsFile, optimizerFile] = [path.join(folder, roundFiles.encoder), path.join(folder, roundFiles.optimizer)];
  if (!existsSync(weightsFile) || !existsSync(optimizerFile)) return undefined;
  const [weights, optimizer] = [await readSafetensors(weightsFile), await readSafetensors(optimizerFile)];
  if (weights.metadata['epochs'] !== optimizer.metadata['epochs']) return undefined;
  return { state: { weights: weights.values, optimizer: optimizer.values }, epochs: Number(weights.metadata['epochs']) };
}
