import type { ParameterValues } from '../engine/contract.js';
import { HardmineError, type Place } from '../shared/errors.js';

type Shapes = Readonly<Record<string, readonly number[]>>;

/**
 * The tensors of `values` that `shapes` asks for.
 * @throws HardmineError `weights-invalid` naming the first tensor that is missing, of another shape, or unknown.
 */
export function fitWeights(values: ParameterValues, shapes: Shapes, { model, place, remedy }: { readonly model: string; readonly place?: Place; readonly remedy?: string }): ParameterValues {
  const fail = (what: string): never => {
    throw new HardmineError('weights-invalid', `The weights do not fit ${model}: ${what}.`, { place, remedy });
  };
  const fitted: ParameterValues = {};
  for (const [name, shape] of Object.entries(shapes)) {
    const value = values[name] ?? fail(`tensor "${name}" [${shape.join(', ')}] is missing`);
    if (value.shape.length !== shape.length || value.shape.some((n, i) => n !== shape[i])) {
      fail(`tensor "${name}" has shape [${value.shape.join(', ')}], expected [${shape.join(', ')}]`);
    }
    fitted[name] = value;
  }
  const stranger = Object.keys(values).find((name) => !(name in shapes));
  if (stranger !== undefined) fail(`it has no place for tensor "${stranger}" [${values[stranger].shape.join(', ')}]`);
  return fitted;
}
