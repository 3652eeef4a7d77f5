import { createEncoder } from '../../encoders/index.js';
import type { PixelEncoder } from '../../encoders/contract.js';
import type { Engine } from '../../engine/contract.js';
import { HardmineError } from '../../shared/errors.js';
import type { Experiment } from '../../shared/experiment/index.js';
import { Random } from '../../shared/random.js';

/**
 * The encoder of an experiment as it is before a run: an ONNX file without its adapter, which only a run trains, or a ResNet
 * with weights.
 * @throws HardmineError `encoder-invalid` where it has not learnt anything yet, or features are there already.
 */
export async function frozenEncoder(experiment: Experiment, engine: Engine, baseFolder: string, warn: (message: string) => void): Promise<PixelEncoder> {
  const { encoder, tiling, augmentations, finetune } = experiment;
  if (encoder.kind === 'features') throw new HardmineError('encoder-invalid', 'This experiment takes features that are there already.', { remedy: 'Name an ONNX file or a ResNet with weights under "encoder" to extract others.' });
  if (encoder.kind === 'resnet' && encoder.weights === undefined) {
    throw new HardmineError('encoder-invalid', 'This ResNet has not learnt anything yet: its features would be those of random weights.', { remedy: 'Give "encoder.weights", e.g. rounds/03/encoder.safetensors of a run, or an ONNX file.' });
  }
  if (encoder.kind === 'onnx' && encoder.adapter) warn('The adapter of the encoder learns in a run; these are the features it starts from.');
  const options = encoder.kind === 'onnx' ? { ...encoder, adapter: null } : encoder;
  const made = await createEncoder(options, { engine, baseFolder, patchSize: tiling.size, augmentations, finetune, random: new Random(experiment.seed), warn });
  if (made.input !== 'pixels') throw new Error('an encoder without adapter takes pixels');
  return made;
}
