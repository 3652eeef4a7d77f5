import type { ParameterValues } from '../engine/contract.js';
import type { Random } from '../shared/random.js';

/**
 * Initial values by name and shape. Convolutions: normal with variance 2 / (out · kernel²) (He et
 * al. 2015, as torchvision's ResNet); linear layers: uniform ± 1/√in (torch's default); norms: 1 and 0.
 * Each tensor has a stream of its own.
 */
export function initialValues(shapes: Readonly<Record<string, readonly number[]>>, random: Random): ParameterValues {
  const values: ParameterValues = {};
  for (const [name, shape] of Object.entries(shapes)) {
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
    fill(data, name, shape, shapes, random.fork(name));
    values[name] = { shape, data };
  }
  return values;
}

function fill(data: Float32Array, name: string, shape: readonly number[], shapes: Readonly<Record<string, readonly number[]>>, random: Random): void {
  if (shape.length === 4) {
    const deviation = Math.sqrt(2 / (shape[0] * shape[2] * shape[3]));
    for (let i = 0; i < data.length; i++) data[i] = deviation * random.normal();
    return;
  }
  const weight = shapes[name.replace(/bias$/, 'weight')];
  if (weight?.length === 2) {
    const bound = 1 / Math.sqrt(weight[1]);
    for (let i = 0; i < data.length; i++) data[i] = random.between(-bound, bound);
    return;
  }
  data.fill(name.endsWith('.weight') ? 1 : 0);
}
