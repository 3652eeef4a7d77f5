import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { Engine, EngineInfo, HostTensor, ParameterStore, ParameterValues, Program, ProgramSpec } from './contract.js';
import { checkInputs } from './inputs.js';
import { tf } from './tfjs.js';

/** Parameters as variables of a tfjs backend. */
class EagerParameters implements ParameterStore {
  readonly variables: Record<string, Variable> = {};
  readonly shapes: Record<string, readonly number[]> = {};

  constructor(values: ParameterValues) {
    for (const [name, { shape, data }] of Object.entries(values)) {
      this.shapes[name] = shape;
      this.variables[name] = tf.tidy(() => tf.variable(tf.tensor(data.slice(), shape.slice(), 'float32')));
    }
  }

  read(): ParameterValues {
    return Object.fromEntries(Object.entries(this.variables).map(([name, v]) => [name, { shape: this.shapes[name]!, data: v.dataSync<'float32'>().slice() }]));
  }

  write(values: ParameterValues): void {
    for (const [name, { shape, data }] of Object.entries(values)) {
      const variable = this.variables[name];
      if (!variable) throw new Error(`no parameter is named "${name}"`);
      tf.tidy(() => variable.assign(tf.tensor(data.slice(), shape.slice(), 'float32')));
    }
  }

  dispose(): void {
    for (const variable of Object.values(this.variables)) variable.dispose();
  }
}

/**
 * An engine that runs programs eagerly on a registered tfjs backend. The backend must already
 * be set (`tf.setBackend`): tfjs knows one current backend a process.
 */
export function createEagerEngine(info: EngineInfo): Engine {
  return {
    info,
    parameters: (values) => new EagerParameters(values),
    compile: (spec) => compileEager(spec),
    dispose: () => undefined,
  };
}

function compileEager(spec: ProgramSpec): Program {
  const given = spec.parameters as EagerParameters | undefined;
  // A frozen program keeps the values of this moment, whatever happens to the store.
  const own = spec.frozen && given ? new EagerParameters(given.read()) : undefined;
  const parameters = (own ?? given)?.variables ?? {};
  const state = (spec.state as EagerParameters | undefined)?.variables ?? {};
  return {
    async run(inputs) {
      checkInputs(spec, inputs);
      const outputs = tf.tidy(() => {
        const tensors: Record<string, Tensor> = {};
        for (const [name, { dtype }] of Object.entries(spec.inputs)) {
          const { data, shape } = inputs[name]!;
          tensors[name] = tf.tensor(data.slice(), shape.slice(), dtype ?? 'float32');
        }
        return spec.body({ inputs: tensors, parameters, state });
      });
      const result: Record<string, HostTensor> = {};
      for (const [name, tensor] of Object.entries(outputs)) {
        result[name] = { data: (await tensor.data()) as Float32Array | Int32Array, shape: tensor.shape.slice() };
        tensor.dispose();
      }
      return result;
    },
    dispose: () => own?.dispose(),
  };
}
