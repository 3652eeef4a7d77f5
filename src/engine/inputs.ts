import type { HostTensor, ProgramSpec } from './contract.js';

/** Binds the named dimensions of a program to the sizes of its inputs. @throws Error naming program, input and sizes where they disagree. */
export function checkInputs(spec: ProgramSpec, inputs: Readonly<Record<string, HostTensor>>): Record<string, number> {
  const sizes: Record<string, number> = {};
  for (const [name, { shape }] of Object.entries(spec.inputs)) {
    const given = inputs[name];
    if (!given) throw new Error(`program "${spec.name}": input "${name}" is missing`);
    const fits =
      given.shape.length === shape.length &&
      shape.every((dimension, i) => given.shape[i] === (typeof dimension === 'number' ? dimension : (sizes[dimension] ??= given.shape[i]!))) &&
      given.data.length === given.shape.reduce((a, b) => a * b, 1);
    if (!fits) throw new Error(`program "${spec.name}": input "${name}" has shape [${given.shape.join(', ')}] and ${given.data.length} values, expected [${shape.join(', ')}]`);
  }
  return sizes;
}
