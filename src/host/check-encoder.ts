import { resolve } from 'node:path';
import { openOnnxEncoder } from '../encoders/onnx/encoder.js';
import { readSafetensors } from '../engine/safetensors.js';
import type { Diagnostic } from '../shared/diagnostics.js';
import { HardmineError } from '../shared/errors.js';
import type { Experiment } from '../shared/experiment/index.js';
import type { ParsedExperiment } from '../shared/experiment/parse.js';

/**
 * What the encoder's own file has against the experiment: an ONNX file is opened and asked for its
 * shapes, of weights the header is read. Findings stand where the experiment names the file.
 */
export async function checkEncoder({ encoder, tiling, engine }: Experiment, baseFolder: string, placeOf: ParsedExperiment['placeOf']): Promise<Diagnostic[]> {
  try {
    if (encoder.kind === 'onnx') (await openOnnxEncoder(encoder, { file: resolve(baseFolder, encoder.file), patchSize: tiling.size, threads: engine.threads })).dispose();
    if (encoder.kind === 'resnet' && encoder.weights !== undefined) await readSafetensors(resolve(baseFolder, encoder.weights), () => true);
    return [];
  } catch (error) {
    if (!(error instanceof HardmineError)) throw error;
    const { code, what, remedy } = error;
    return [{ severity: 'error', code, message: what, ...(remedy === undefined ? {} : { remedy }), place: placeOf(['encoder', encoder.kind === 'onnx' ? 'file' : 'weights']) }];
  }
}
