import { resolve } from 'node:path';
import { openOnnxEncoder } from '../../encoders/onnx/encoder.js';
import type { Experiment, OnnxEncoderOptions } from '../../shared/experiment/index.js';
import type { FrozenCost } from './work.js';

/** Runs one batch of grey images through a frozen encoder, after a first one that warms it up. @throws HardmineError `encoder-invalid`. */
export async function timeFrozen(encoder: OnnxEncoderOptions, { tiling, engine }: Experiment, folder: string): Promise<FrozenCost> {
  const opened = await openOnnxEncoder(encoder, { file: resolve(folder, encoder.file), patchSize: tiling.size, threads: engine.threads });
  try {
    const count = opened.batch;
    const batch = { pixels: new Uint8Array(count * 3 * tiling.size ** 2).fill(128), count, size: tiling.size };
    await opened.embed(batch);
    const start = performance.now();
    await opened.embed(batch);
    return { milliseconds: (performance.now() - start) / count, featureSize: opened.featureSize };
  } finally {
    opened.dispose();
  }
}
