import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { BodyScope, Engine, HostTensor, InputSpec, ParameterStore, ParameterValues } from './contract.js';
import { createOptimizer, type OptimizerSpec } from './optimizers.js';
import { tf } from './tfjs.js';

export interface TrainingStepSpec {
  /** For messages and profiles. */
  readonly name: string;
  readonly inputs: Readonly<Record<string, InputSpec>>;
  /** The weights to start from, in torch's names and layouts. */
  readonly parameters: ParameterValues;
  readonly optimizer: OptimizerSpec;
  /** Scalars by name; `total` is the one that is minimised. Pure, as every body (see ProgramSpec). */
  loss(scope: BodyScope): { readonly total: Tensor; readonly [name: string]: Tensor };
}

/** Forward, backward and update of a model, compiled into one program. */
export interface TrainingStep {
  /** The weights; other programs of the engine may read them (evaluation, scoring). */
  readonly store: ParameterStore;
  /** One update with learning rate `learningRate`. Resolves to the losses before the update. */
  run(inputs: Readonly<Record<string, HostTensor>>, learningRate: number): Promise<Record<string, number>>;
  /** Moments in torch's names and the count of steps (`step`): with the weights, all a checkpoint needs. */
  optimizerState(): ParameterValues;
  /** Goes back to a checkpoint; the next steps are bit for bit those that followed it. @throws Error where a name or shape does not fit. */
  restore(weights: ParameterValues, optimizer: ParameterValues): void;
  dispose(): void;
}

const STEP = 'step';

/** Compiles `loss` with its gradient and its optimiser. Parameters that the loss never touches stay as they are. */
export function trainingStep(engine: Engine, spec: TrainingStepSpec): TrainingStep {
  const optimizer = createOptimizer(spec.optimizer);
  const store = engine.parameters(spec.parameters);
  const moments = engine.parameters(optimizer.moments(spec.parameters));
  const rateNames = Object.keys(optimizer.rates(1, 1));
  let step = 0;

  const program = engine.compile({
    name: spec.name,
    inputs: { ...spec.inputs, ...Object.fromEntries(rateNames.map((name) => [rateInput(name), { shape: [] }])) },
    parameters: store,
    state: moments,
    body(scope) {
      let losses: Readonly<Record<string, Tensor>> = {};
      const variables = Object.values(scope.parameters);
      const { value, grads } = tf.variableGrads(() => {
        losses = spec.loss(scope);
        for (const tensor of Object.values(losses)) tf.keep(tensor);
        return losses['total'] as Scalar;
      }, variables);
      const byParameter = Object.fromEntries(Object.entries(scope.parameters).map(([name, variable]) => [name, grads[variable.name]!]));
      optimizer.apply(byParameter, scope.parameters, scope.state, Object.fromEntries(rateNames.map((name) => [name, scope.inputs[rateInput(name)]!])));
      return { ...losses, total: value };
    },
  });

  return {
    store,
    async run(inputs, learningRate) {
      const rates = Object.entries(optimizer.rates(step + 1, learningRate));
      const outputs = await program.run({ ...inputs, ...Object.fromEntries(rates.map(([name, rate]) => [rateInput(name), scalar(rate)])) });
      step += 1;
      return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data[0]!]));
    },
    optimizerState: () => ({ ...moments.read(), [STEP]: { shape: [], data: Float32Array.of(step) } }),
    restore(weights, { [STEP]: count, ...rest }) {
      if (!count) throw new Error(`the optimiser state of "${spec.name}" lacks "${STEP}"`);
      store.write(weights);
      moments.write(rest);
      step = count.data[0]!;
    },
    dispose() {
      program.dispose();
      moments.dispose();
      store.dispose();
    },
  };
}

const rateInput = (name: string) => `optimizer/${name}`;

function scalar(value: number): HostTensor {
  return { data: Float32Array.of(value), shape: [] };
}
