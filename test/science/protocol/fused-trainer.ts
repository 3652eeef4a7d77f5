import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { BodyScope, Engine, HostTensor, InputSpec, ParameterValues, Program } from '../../../src/engine/contract.js';
import { createOptimizer, type OptimizerSpec } from '../../../src/engine/optimizers.js';
import { tf } from '../../../src/engine/tfjs.js';
import type { Aggregator, BagPrediction, Extras, Parameters } from '../../../src/mil/aggregators/index.js';
import { Random } from '../../../src/shared/random.js';

/** Bags that one program can see: the onnx engine knows so many sizes by name. */
const bagsAtOnce = 6;

export interface LabelledBag {
  /** [N, featureSize] */
  readonly bag: HostTensor;
  readonly label: 0 | 1;
}

/** The bags of one step, and what is minimised there. */
export interface FusedStep {
  readonly bags: number;
  loss(predictions: readonly BagPrediction[], labels: readonly Tensor1D[]): Tensor;
}

/** An aggregator in training, several steps a run; compiled once for all networks of its form. */
export interface FusedTrainer {
  /** Begins another network with these weights. `random` draws the extras of its training. */
  start(initial: ParameterValues, random: Random): void;
  /** An update for each element, one after another. @throws Error where a loss is not finite. */
  train(steps: readonly (readonly LabelledBag[])[], learningRate: number): Promise<void>;
  /** The bag logits, without dropout. */
  score(bags: readonly HostTensor[]): Promise<number[]>;
  dispose(): void;
}

/**
 * The trainers of src/mil, with several consecutive updates in one program of the engine: the same
 * numbers for a third of the time, for at these sizes most of a step is calling the engine and
 * copying all weights out of it.
 */
export function createFusedTrainer(engine: Engine, aggregator: Aggregator, step: FusedStep, spec: OptimizerSpec): FusedTrainer {
  const optimizer = createOptimizer(spec);
  const initial = aggregator.initialise(new Random(0));
  const store = engine.parameters(initial);
  const moments = engine.parameters(optimizer.moments(initial));
  const rateNames = Object.keys(optimizer.rates(1, 1));
  const programs = new Map<string, Program>();
  let random = new Random(0);
  let steps = 0;

  /** `count` updates. */
  const training = (count: number) =>
    kept(programs, `training/${count}`, () =>
      engine.compile({
        name: `${aggregator.kind}, ${count} steps`,
        inputs: merged(numbers(count).map((i) => ({ ...merged(numbers(step.bags).map((k) => bagInputs(aggregator, aggregator.trainingExtras, `${i}/${k}`, true))), ...named(rateNames, (name) => [`${i}/${name}`, scalarInput]) }))),
        parameters: store,
        state: moments,
        body: (scope) => Object.fromEntries(numbers(count).map((i) => [`loss/${i}`, update(scope, i)])),
      }),
    );

  function update({ inputs, parameters, state }: BodyScope, i: number): Tensor {
    const at = numbers(step.bags).map((k) => `${i}/${k}`);
    const labels = at.map((port) => inputs[`${port}/label`] as Tensor1D);
    const { value, grads } = tf.variableGrads(
      () => step.loss(at.map((port, k) => aggregator.forward(inputs[`${port}/bag`] as Tensor2D, parameters, extrasAt(aggregator.trainingExtras, port, inputs), { label: labels[k]! })), labels) as Scalar,
      Object.values(parameters),
    );
    optimizer.apply(named(Object.keys(parameters), (name) => [name, grads[parameters[name]!.name]!]), parameters, state, named(rateNames, (name) => [name, inputs[`${i}/${name}`]!]));
    return value;
  }

  const scoring = (count: number) =>
    kept(programs, `scoring/${count}`, () =>
      engine.compile({
        name: `${aggregator.kind}, ${count} bags`,
        inputs: merged(numbers(count).map((i) => bagInputs(aggregator, aggregator.scoringExtras, `${i}`, false))),
        parameters: store,
        body: ({ inputs, parameters }) => Object.fromEntries(numbers(count).map((i) => [`${i}`, aggregator.forward(inputs[`${i}/bag`] as Tensor2D, parameters, extrasAt(aggregator.scoringExtras, `${i}`, inputs)).bagLogits])),
      }),
    );

  return {
    start(weights, drawing) {
      store.write(weights);
      moments.write(optimizer.moments(weights));
      random = drawing;
      steps = 0;
    },
    async train(given, learningRate) {
      for (const some of chunks(given, Math.floor(bagsAtOnce / step.bags))) {
        const feeds = some.map((bags, i) => {
          steps += 1;
          const drawing = random.fork(`dropout/${steps - 1}`);
          return {
            ...merged(bags.map(({ bag, label }, k) => ({ ...bagFeeds(bag, aggregator.trainingExtras, `${i}/${k}`, drawing), [`${i}/${k}/label`]: { data: Float32Array.of(label), shape: [1] } }))),
            ...named(rateNames, (name) => [`${i}/${name}`, { data: Float32Array.of(optimizer.rates(steps, learningRate)[name]!), shape: [] }]),
          };
        });
        const losses = await training(some.length).run(merged(feeds));
        for (const { data } of Object.values(losses)) if (!Number.isFinite(data[0])) throw new Error(`the loss of ${aggregator.kind} became ${data[0]} by step ${steps}`);
      }
    },
    async score(bags) {
      const logits: number[] = [];
      for (const some of chunks(bags, bagsAtOnce)) {
        const outputs = await scoring(some.length).run(merged(some.map((bag, i) => bagFeeds(bag, aggregator.scoringExtras, `${i}`, random))));
        for (const i of some.keys()) logits.push(outputs[`${i}`]!.data[0]!);
      }
      return logits;
    },
    dispose() {
      for (const program of programs.values()) program.dispose();
      moments.dispose();
      store.dispose();
    },
  };
}

const scalarInput: InputSpec = { shape: [] };

/** Ports of a bag; named sizes are its own. */
function bagInputs({ featureSize }: Aggregator, extras: Extras, port: string, labelled: boolean): Record<string, InputSpec> {
  const inputs: Record<string, InputSpec> = { bag: { shape: ['instances', featureSize] }, ...extras.inputs, ...(labelled ? { label: { shape: [1] } } : {}) };
  return named(Object.keys(inputs), (name) => [`${port}/${name}`, { ...inputs[name]!, shape: inputs[name]!.shape.map((size) => (typeof size === 'string' ? `${port}/${size}` : size)) }]);
}

function bagFeeds(bag: HostTensor, extras: Extras, port: string, random: Random): Record<string, HostTensor> {
  const values: Readonly<Record<string, HostTensor>> = { bag, ...extras.draw(bag.shape[0]!, random) };
  return named(Object.keys(values), (name) => [`${port}/${name}`, values[name]!]);
}

function extrasAt(extras: Extras, port: string, inputs: Parameters): Parameters {
  return named(Object.keys(extras.inputs), (name) => [name, inputs[`${port}/${name}`]!]);
}

function kept<T>(all: Map<string, T>, key: string, make: () => T): T {
  const found = all.get(key) ?? make();
  all.set(key, found);
  return found;
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
const merged = <T>(records: readonly Readonly<Record<string, T>>[]) => Object.assign({}, ...records) as Record<string, T>;
const named = <T>(names: readonly string[], entry: (name: string) => [string, T]) => Object.fromEntries(names.map(entry));

function chunks<T>(items: readonly T[], size: number): T[][] {
  return numbers(Math.ceil(items.length / size)).map((i) => items.slice(i * size, (i + 1) * size));
}
