import type { ParameterValues } from '../../engine/contract.js';
import { readSafetensors } from '../../engine/safetensors.js';
import { fitWeights } from '../fit.js';

/** What torchvision's files hold beyond a backbone with instance norm. */
const statistics = /\.(running_mean|running_var)$/;
/** An int64, which no network computes with. */
const counter = /\.num_batches_tracked$/;
const classifier = /^fc\./;
const head = /^projection\./;

/**
 * Weights of a ResNet from a safetensors file with torchvision's names; tensors it does not have
 * (the projection head of a torchvision file) keep their initial values. Running statistics of batch norm and
 * the classifier are left out; `warn` is told where that changes what the network computes.
 * @throws HardmineError `weights-invalid` when the file cannot be read or a tensor does not fit.
 */
export async function readResnetWeights(path: string, model: string, initial: ParameterValues, warn: (message: string) => void): Promise<ParameterValues> {
  const { values } = await readSafetensors(path, (name) => counter.test(name));
  const names = Object.keys(values);
  if (names.some((name) => statistics.test(name))) {
    warn(`${path}: the weights were trained with batch norm; its running statistics are ignored, since ${model} normalises each patch by itself. Its features are a starting point for pre-training, not those of the original network.`);
  }
  const headed = names.some((name) => head.test(name));
  const kept = Object.fromEntries(Object.entries(values).filter(([name]) => !statistics.test(name) && !classifier.test(name)));
  const missingHead = headed ? {} : Object.fromEntries(Object.entries(initial).filter(([name]) => head.test(name)));
  const shapes = Object.fromEntries(Object.entries(initial).map(([name, { shape }]) => [name, shape]));
  return fitWeights({ ...missingHead, ...kept }, shapes, { model, place: { file: path }, remedy: 'Set depth, width and projection of the encoder to those of the file, or give another file.' });
}
