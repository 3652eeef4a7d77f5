import type { SumAttrs, Tensor, TileAttrs } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/**
 * Replaces gradients of tfjs that fill arrays on the host (`ones(x.shape)` of Sum and Mean) or
 * add up slices one by one (Tile): the same mathematics by broadcasting and reducing.
 */
export function replaceGradients(): void {
  replace('Sum', (dy, x, { axis }: SumAttrs) => tf.broadcastTo(tf.reshape(dy, keptShape(x, axis)), x.shape));
  replace('Mean', (dy, x, { axis }: SumAttrs) => {
    const shape = keptShape(x, axis);
    const count = x.size / tf.util.sizeFromShape(shape);
    return tf.broadcastTo(tf.div(tf.reshape(dy, shape), count), x.shape);
  });
  replace('Tile', (dy, x, { reps }: TileAttrs) => {
    // Axis by axis: the repetitions, where there are any, then the elements.
    const split: number[] = [];
    const repetitions: number[] = [];
    x.shape.forEach((size, axis) => {
      if (reps[axis]! > 1) repetitions.push(split.push(reps[axis]!) - 1);
      split.push(size);
    });
    return tf.reshape(tf.sum(tf.reshape(dy, split), repetitions), x.shape);
  });
}

function replace<Attributes>(kernelName: string, gradient: (dy: Tensor, x: Tensor, attributes: Attributes) => Tensor): void {
  tf.unregisterGradient(kernelName);
  tf.registerGradient({
    kernelName,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attributes) => ({ x: () => gradient(dy as Tensor, x!, attributes as unknown as Attributes) }),
  });
}

function keptShape(x: Tensor, axis: SumAttrs['axis']): number[] {
  const axes = tf.util.parseAxisParam(axis, x.shape);
  return x.shape.map((size, i) => (axes.includes(i) ? 1 : size));
}
