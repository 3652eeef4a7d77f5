import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { openOnnxModel } from '../../engine/onnx/index.js';
import { HardmineError, messageOf } from '../../shared/errors.js';
import type { OnnxEncoderOptions } from '../../shared/experiment/index.js';
import type { PixelEncoder } from '../contract.js';
import { fingerprintOf } from '../fingerprint.js';
import { normalisations, normaliseInto, normalisePlanesInto } from '../normalisation.js';
import { Resizer } from './resize.js';
import { featureSizeOf, readSignature } from './signature.js';

/** What a frozen encoder is told beside its options. */
export interface OnnxSetting {
  /** Path of the file. */
  readonly file: string;
  /** Edge of the patches, px. */
  readonly patchSize: number;
  readonly threads: number;
}

/**
 * A frozen encoder from an ONNX file: patches are resized to `inputSize`, normalised and laid
 * out as the experiment states. A trial run proves that the file gives (N, D).
 * @throws HardmineError `encoder-invalid` naming what does not fit and the option that would.
 */
export async function openOnnxEncoder({ inputSize, layout, normalisation, batch: wanted }: Omit<OnnxEncoderOptions, 'file' | 'adapter'>, { file, patchSize, threads }: OnnxSetting): Promise<PixelEncoder> {
  const model = await openOnnxModel(file, { threads });
  const { input, output, batch } = readSignature(model, file, { inputSize, layout, batch: wanted });
  const length = 3 * inputSize ** 2;
  const shape = layout === 'nhwc' ? [batch, inputSize, inputSize, 3] : [batch, 3, inputSize, inputSize];
  const images = new Float32Array(batch * length);
  const write = layout === 'nhwc' ? normaliseInto : normalisePlanesInto;
  const resizer = new Resizer(patchSize, inputSize);
  const resized = new Float32Array(length);
  const run = async () => (await model.run({ [input]: { data: images, shape } }))[output];
  const trial = await run().catch((error: unknown) => {
    throw new HardmineError('encoder-invalid', `The encoder does not run on images [${shape.join(', ')}] (${layout}): ${messageOf(error)}.`, {
      place: { file },
      remedy: 'Check "layout" and "inputSize" of the encoder.',
      cause: error,
    });
  });
  const featureSize = featureSizeOf(trial.shape, batch, file);
  const print = fingerprintOf({ file: await hashFile(file), inputSize, layout, normalisation, patchSize });

  return {
    input: 'pixels',
    featureSize,
    batch,
    fingerprint: () => print,
    async embed({ pixels, count, size }) {
      for (let i = 0; i < count; i++) {
        if (size !== inputSize) resizer.resize(pixels, i * 3 * size * size, resized);
        write(size === inputSize ? pixels.subarray(i * length, (i + 1) * length) : resized, normalisations[normalisation], images, i * length);
      }
      return (await run()).data.slice(0, count * featureSize) as Float32Array;
    },
    dispose: () => void model.dispose(),
  };
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
