import type {
  Conv2DAttrs,
  Conv2DBackpropFilterAttrs,
  Conv2DBackpropFilterInputs,
  Conv2DBackpropInputAttrs,
  Conv2DBackpropInputInputs,
  Conv2DInputs,
  MaxPoolAttrs,
  MaxPoolGradAttrs,
  MaxPoolGradInputs,
  MaxPoolInputs,
  TensorInfo,
} from '@tensorflow/tfjs-core';
import { replaceKernel, type KernelScope } from '../composed-kernel.js';

const LOWEST_FLOAT = -3.4028234663852886e38;

/**
 * tfjs-node refuses to pad by given amounts, as torch does: its convolutions and pools know
 * only `valid` and `same`. Here the input is padded first and the rest is `valid`.
 */
export function addExplicitPadding(): void {
  replaceKernel<Conv2DInputs, Conv2DAttrs>('tensorflow', 'Conv2D', (original) => ({ x, filter }, attributes, scope) => {
    const border = borderOf(attributes.pad);
    return border ? scope.call(original, { x: border.around(x, 0, scope), filter }, { ...attributes, pad: 'valid' }) : scope.call(original, { x, filter }, attributes);
  });
  replaceKernel<Conv2DBackpropFilterInputs, Conv2DBackpropFilterAttrs>('tensorflow', 'Conv2DBackpropFilter', (original) => ({ x, dy }, attributes, scope) => {
    const border = borderOf(attributes.pad);
    return border ? scope.call(original, { x: border.around(x, 0, scope), dy }, { ...attributes, pad: 'valid' }) : scope.call(original, { x, dy }, attributes);
  });
  replaceKernel<Conv2DBackpropInputInputs, Conv2DBackpropInputAttrs>('tensorflow', 'Conv2DBackpropInput', (original) => (inputs, attributes, scope) => {
    const border = borderOf(attributes.pad);
    if (!border) return scope.call(original, inputs, attributes);
    const padded = scope.call(original, inputs, { ...attributes, pad: 'valid', inputShape: border.shapeAround(attributes.inputShape) });
    return border.within(padded, attributes.inputShape, scope);
  });
  replaceKernel<MaxPoolInputs, MaxPoolAttrs>('tensorflow', 'MaxPool', (original) => ({ x }, attributes, scope) => {
    const border = borderOf(attributes.pad);
    return border ? scope.call(original, { x: border.around(x, LOWEST_FLOAT, scope) }, { ...attributes, pad: 'valid' }) : scope.call(original, { x }, attributes);
  });
  replaceKernel<MaxPoolGradInputs, MaxPoolGradAttrs>('tensorflow', 'MaxPoolGrad', (original) => ({ dy, input, output }, attributes, scope) => {
    const border = borderOf(attributes.pad);
    if (!border) return scope.call(original, { dy, input, output }, attributes);
    const padded = scope.call(original, { dy, input: border.around(input, LOWEST_FLOAT, scope), output }, { ...attributes, pad: 'valid' });
    return border.within(padded, input.shape, scope);
  });
}

/** Amounts to pad a batch of images (N × H × W × C) with. */
class Border {
  constructor(private readonly amounts: readonly (readonly [number, number])[]) {}

  shapeAround(shape: readonly number[]): number[] {
    return shape.map((size, axis) => size + this.amounts[axis]![0] + this.amounts[axis]![1]);
  }

  around(x: TensorInfo, constantValue: number, scope: KernelScope): TensorInfo {
    return scope.run('PadV2', { x }, { paddings: this.amounts, constantValue });
  }

  within(x: TensorInfo, size: readonly number[], scope: KernelScope): TensorInfo {
    return scope.run('Slice', { x }, { begin: this.amounts.map(([before]) => before), size });
  }
}

function borderOf(pad: Conv2DAttrs['pad']): Border | undefined {
  if (typeof pad === 'string' || pad === 0) return undefined;
  return new Border(typeof pad === 'number' ? [[0, 0], [pad, pad], [pad, pad], [0, 0]] : pad);
}
