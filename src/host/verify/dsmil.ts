import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine, HostTensor, ParameterValues } from '../../engine/contract.js';
import { tf } from '../../engine/tfjs.js';
import { createAggregator, type Aggregator } from '../../mil/aggregators/index.js';
import { pairLoss } from '../../mil/losses/index.js';
import { createPairTrainer } from '../../mil/pair-trainer.js';
import { aggregatorSchema } from '../../shared/experiment/model.js';
import type { LossOptions } from '../../shared/experiment/index.js';
import { Random } from '../../shared/random.js';
import { flat, Misfit, toTensor } from './arrays.js';
import type { GoldenDsmil, Nested } from './golden.js';
import type { Section } from './section.js';

export interface DsmilSections {
  readonly losses: Section;
  readonly forward: Section;
  readonly gradients: Section;
  readonly finalParameters: Section;
}

const sides = ['positive', 'negative'] as const;
/** What is compared, by the names of the golden file. */
const outputs = { instanceLogits: 'instanceLogits', bagLogit: 'bagLogits', attention: 'attention', bagEmbedding: 'bagEmbedding' } as const;
const outputNames = Object.keys(outputs) as (keyof typeof outputs)[];

/** Trains DSMIL as the entry says, and compares losses, predictions, gradients and where it ends. */
export async function verifyDsmil(path: string, golden: GoldenDsmil, engine: Engine, sections: DsmilSections): Promise<void> {
  const initial = parameterValues(`${path}.initialParameters`, golden.initialParameters);
  const attention = initial['b_classifier.q.0.weight']?.shape[0];
  const aggregator = createAggregator(aggregatorSchema.parse({ kind: 'dsmil', attention }), golden.featureSize);
  checkParameters(`${path}.initialParameters`, initial, aggregator);
  const loss: LossOptions = { ...golden.weights, topK: golden.k, margin: golden.margin, scoreSpace: golden.scoreSpace, posWeight: golden.posWeight };
  const bags = { positiveBag: bagTensor(`${path}.positiveBag`, golden.positiveBag, golden.featureSize), negativeBag: bagTensor(`${path}.negativeBag`, golden.negativeBag, golden.featureSize) };

  const first = golden.steps[0];
  const computed = await predictionsAndGradients(engine, aggregator, loss, initial, bags);
  for (const side of sides) {
    for (const output of outputNames) {
      const expected = first[side]?.[output];
      if (expected !== undefined) sections.forward.compare(`${path}.steps[0].${side}.${output}`, computed[`${side}/${output}`].data, flat(expected));
    }
  }
  for (const [name, expected] of Object.entries(first.gradients ?? {})) {
    sections.gradients.compare(`${path}.steps[0].gradients.${name}`, computed[`gradient/${name}`]?.data ?? [], flat(expected));
  }

  const trainer = createPairTrainer(engine, aggregator, { loss, optimizer: { kind: 'adam', weightDecay: golden.weightDecay }, initial, random: new Random(0) });
  try {
    for (const [i, expected] of golden.steps.entries()) {
      const { bag, instance, ranking, total } = await trainer.step(bags.positiveBag, bags.negativeBag, golden.lr);
      sections.losses.compare(`${path}.steps[${i}].lossBag`, [bag], [expected.lossBag]);
      sections.losses.compare(`${path}.steps[${i}].lossInstance`, [instance], [expected.lossInstance]);
      sections.losses.compare(`${path}.steps[${i}].lossRanking`, [ranking], [expected.lossRanking]);
      sections.losses.compare(`${path}.steps[${i}].lossTotal`, [total], [expected.lossTotal]);
    }
    const { weights } = trainer.state();
    for (const [name, expected] of Object.entries(golden.finalParameters ?? {})) {
      sections.finalParameters.compare(`${path}.finalParameters.${name}`, weights[name]?.data ?? [], flat(expected));
    }
  } finally {
    trainer.dispose();
  }
}

/** `side/output` of both bags and `gradient/name` of every parameter, before any update. */
async function predictionsAndGradients(engine: Engine, aggregator: Aggregator, loss: LossOptions, initial: ParameterValues, bags: Record<string, HostTensor>): Promise<Record<string, HostTensor>> {
  const parameters = engine.parameters(initial);
  const program = engine.compile({
    name: 'dsmil gradients',
    inputs: { positiveBag: { shape: ['P', aggregator.featureSize] }, negativeBag: { shape: ['N', aggregator.featureSize] } },
    parameters,
    body(scope) {
      const result: Record<string, Tensor> = {};
      const { grads } = tf.variableGrads(() => {
        const [positive, negative] = sides.map((side) => aggregator.forward(scope.inputs[`${side}Bag`] as Tensor2D, scope.parameters, {}));
        for (const output of outputNames) {
          result[`positive/${output}`] = tf.keep(positive[outputs[output]]);
          result[`negative/${output}`] = tf.keep(negative[outputs[output]]);
        }
        return pairLoss(positive, negative, loss).total as Scalar;
      }, Object.values(scope.parameters));
      for (const [name, variable] of Object.entries(scope.parameters)) result[`gradient/${name}`] = grads[variable.name];
      return result;
    },
  });
  try {
    const computed = await program.run(bags);
    return Object.fromEntries(Object.entries(computed).map(([name, { data, shape }]) => [name, { data: data.slice(), shape }]));
  } finally {
    program.dispose();
    parameters.dispose();
  }
}

function bagTensor(path: string, values: Nested, featureSize: number): HostTensor {
  const bag = toTensor(values, path);
  if (bag.shape[1] !== featureSize) throw new Misfit(`${path}: its instances have ${bag.shape[1]} features, featureSize is ${featureSize}`);
  return bag;
}

function parameterValues(path: string, golden: Readonly<Record<string, Nested>>): ParameterValues {
  return Object.fromEntries(Object.entries(golden).map(([name, values]) => [name, toTensor(values, `${path}.${name}`)]));
}

function checkParameters(path: string, given: ParameterValues, aggregator: Aggregator): void {
  const needed = aggregator.initialise(new Random(0));
  for (const name of new Set([...Object.keys(needed), ...Object.keys(given)])) {
    const [wanted, found] = [needed[name], given[name]].map((values) => (values ? `shape [${values.shape.join(', ')}]` : 'nothing'));
    if (wanted !== found) throw new Misfit(`${path}.${name}: ${wanted} is needed, ${found} is there`);
  }
}
