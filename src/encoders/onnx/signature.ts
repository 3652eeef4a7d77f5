import type { ModelPort, OnnxModel } from '../../engine/onnx/index.js';
import { HardmineError } from '../../shared/errors.js';
import type { OnnxEncoderOptions } from '../../shared/experiment/index.js';

/** How a file is to be called. */
export interface Signature {
  readonly input: string;
  readonly output: string;
  /** Images a call: the file's own number where it fixes one, else the number wanted. */
  readonly batch: number;
}

type Expectation = Pick<OnnxEncoderOptions, 'inputSize' | 'layout' | 'batch'>;

/**
 * Compares what a model file declares with what the experiment says of it.
 * @throws HardmineError `encoder-invalid` naming what does not fit and the option that would.
 */
export function readSignature({ inputs, outputs }: Pick<OnnxModel, 'inputs' | 'outputs'>, file: string, expected: Expectation): Signature {
  const fail = (what: string, remedy: string): never => {
    throw new HardmineError('encoder-invalid', what, { place: { file }, remedy });
  };
  if (inputs.length !== 1) fail(`The encoder has ${inputs.length} inputs (${inputs.map(describe).join(', ')}); one is expected, the images.`, 'Export the image encoder alone.');
  const [input] = inputs;
  if (input.type !== 'float32') fail(`The encoder takes ${describe(input)} of type ${input.type}.`, 'Export it with a float32 input.');
  checkImages(input, expected, fail);
  const output = pickOutput(outputs, fail);
  const [fixed] = input.shape;
  return { input: input.name, output: output.name, batch: typeof fixed === 'number' && fixed > 0 ? fixed : expected.batch };
}

function checkImages(input: ModelPort, { layout, inputSize }: Expectation, fail: (what: string, remedy: string) => never): void {
  if (input.shape.length !== 4) fail(`The encoder takes ${describe(input)}; a batch of images has four axes.`, 'Export the image encoder with a batch axis.');
  const [channelAxis, otherAxis, other] = layout === 'nchw' ? [1, 3, 'nhwc'] : [3, 1, 'nchw'];
  const channels = input.shape[channelAxis];
  if (typeof channels === 'number' && channels !== 3) {
    if (input.shape[otherAxis] === 3) fail(`The encoder takes ${describe(input)}, which is not ${layout}.`, `Set "layout" of the encoder to "${other}".`);
    fail(`The encoder takes ${describe(input)}, with ${channels} channels.`, 'Give an encoder of RGB images.');
  }
  if (typeof channels !== 'number' && input.shape[otherAxis] === 3) fail(`The encoder takes ${describe(input)}, which is not ${layout}.`, `Set "layout" of the encoder to "${other}".`);
  const edges = input.shape.filter((_, axis) => axis !== 0 && axis !== channelAxis);
  const edge = edges.find((size) => typeof size === 'number' && size > 0 && size !== inputSize);
  if (edge !== undefined) fail(`The encoder takes ${describe(input)}, not images of ${inputSize} px.`, `Set "inputSize" of the encoder to ${edge}.`);
}

/** The only output, or the only one of rank 2 among several. */
function pickOutput(outputs: readonly ModelPort[], fail: (what: string, remedy: string) => never): ModelPort {
  const flat = outputs.filter(({ shape, type }) => shape.length === 2 && type === 'float32');
  if (flat.length === 1) return flat[0];
  if (outputs.length === 1) return outputs[0];
  return fail(`The encoder has the outputs ${outputs.map(describe).join(', ')}; which holds the features is not clear.`, 'Export it with one output of shape (N, D).');
}

/**
 * Checks what a trial run of `batch` images gave.
 * @returns D of the features (N, D).
 * @throws HardmineError `encoder-invalid`.
 */
export function featureSizeOf(shape: readonly number[], batch: number, file: string): number {
  if (shape.length === 2 && shape[0] === batch && shape[1] > 0) return shape[1];
  const remedy =
    shape.length === 4 ? 'These are feature maps: add a global average pooling before the export.' : shape.length === 3 ? 'These are tokens: export the class token or their mean.' : 'Export it with an output of shape (N, D).';
  throw new HardmineError('encoder-invalid', `For ${batch} images the encoder gives [${shape.join(', ')}]; (N, D) is expected, one row of features an image.`, { place: { file }, remedy });
}

const describe = ({ name, shape }: ModelPort): string => `"${name}" [${shape.join(', ')}]`;
