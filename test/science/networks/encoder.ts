import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { ParameterValues } from '../../../src/engine/contract.js';
import { tf } from '../../../src/engine/tfjs.js';
import { dropoutExtras } from '../../../src/mil/aggregators/dropout.js';
import type { Aggregator, Extras, Parameters } from '../../../src/mil/aggregators/index.js';
import { drawLinear, linear } from '../../../src/mil/aggregators/linear.js';
import type { Random } from '../../../src/shared/random.js';

/** What turns each instance of a bag into features, and learns with the aggregator behind it. */
export interface InstanceEncoder {
  /** Values of an instance. */
  readonly inputs: number;
  readonly features: number;
  readonly trainingExtras: Extras;
  initialise(random: Random): ParameterValues;
  /** bag: [N, inputs]; resolves to [N, features]. */
  forward(bag: Tensor2D, parameters: Parameters, extras: Parameters): Tensor2D;
}

/** Encoder and aggregator as one aggregator on raw instances: one step trains both, end to end. */
export function encoded(encoder: InstanceEncoder, aggregator: Aggregator): Aggregator {
  return {
    ...aggregator,
    featureSize: encoder.inputs,
    trainingExtras: {
      inputs: { ...encoder.trainingExtras.inputs, ...aggregator.trainingExtras.inputs },
      draw: (instances, random) => ({ ...encoder.trainingExtras.draw(instances, random.fork('encoder')), ...aggregator.trainingExtras.draw(instances, random) }),
    },
    initialise: (random) => ({ ...encoder.initialise(random.fork('encoder')), ...aggregator.initialise(random) }),
    forward(bag, parameters, extras, training) {
      return aggregator.forward(encoder.forward(bag, parameters, training ? extras : {}), parameters, extras, training);
    },
  };
}

/** Layers Linear, ReLU, dropout of the given widths behind `from` features, named `encoder.dense.I`. */
export function denseLayers(from: number, widths: readonly number[], dropout: number): Omit<InstanceEncoder, 'inputs'> {
  const layers = widths.map((width, i) => ({ name: `encoder.dense.${i}`, inputs: i === 0 ? from : widths[i - 1]!, width, mask: dropoutExtras(dropout, width) }));
  const portOf = (layer: string) => `${layer}/mask`;
  const renamed = <T>(values: Readonly<Record<string, T>>, layer: string) => Object.fromEntries(Object.values(values).map((value) => [portOf(layer), value]));
  return {
    features: widths.at(-1) ?? from,
    trainingExtras: {
      inputs: Object.assign({}, ...layers.map(({ name, mask }) => renamed(mask.inputs, name))) as Extras['inputs'],
      draw: (instances, random) => Object.assign({}, ...layers.map(({ name, mask }) => renamed(mask.draw(instances, random.fork(name)), name))) as ReturnType<Extras['draw']>,
    },
    initialise: (random) => Object.assign({}, ...layers.map(({ name, inputs, width }) => drawLinear(random.fork(name), name, inputs, width))) as ParameterValues,
    forward(bag, parameters, extras) {
      return layers.reduce((x, { name }) => {
        const y = tf.relu(linear(x, parameters, name));
        const mask = extras[portOf(name)];
        return mask ? tf.mul(y, mask) : y;
      }, bag);
    },
  };
}
