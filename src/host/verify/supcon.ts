import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine, HostTensor } from '../../engine/contract.js';
import { tf } from '../../engine/tfjs.js';
import { supconLoss } from '../../mil/losses/index.js';
import { flat, toTensor } from './arrays.js';
import type { GoldenSupcon } from './golden.js';
import type { Section } from './section.js';

/** Compares the contrastive loss and its gradient with respect to the projections. */
export async function verifySupcon(path: string, golden: GoldenSupcon, engine: Engine, sections: { readonly loss: Section; readonly gradient: Section }): Promise<void> {
  const patches = golden.projections.length;
  const projections = toTensor(viewByView(golden.projections), `${path}.projections`);
  const program = engine.compile({
    name: 'supcon gradient',
    inputs: { projections: { shape: projections.shape }, instance: { shape: [patches] }, bag: { shape: [patches] } },
    body({ inputs }) {
      const labels = { instance: inputs['instance'] as Tensor1D, bag: inputs['bag'] as Tensor1D };
      const { value, grad } = tf.valueAndGrad((rows: Tensor) => supconLoss(rows as Tensor2D, labels, golden))(inputs['projections']);
      return { loss: value, gradient: grad };
    },
  });
  try {
    const { loss, gradient } = await program.run({ projections, instance: labelTensor(golden.instanceLabels), bag: labelTensor(golden.bagLabels) });
    sections.loss.compare(`${path}.loss`, loss.data, [golden.loss]);
    if (golden.gradient) sections.gradient.compare(`${path}.gradient`, gradient.data, flat(viewByView(golden.gradient)));
  } finally {
    program.dispose();
  }
}

/** [B][2][d] → [2B][d], the first view of every patch before the second. */
function viewByView(values: readonly (readonly (readonly number[])[])[]): readonly (readonly number[])[] {
  return [...values.map(([first]) => first), ...values.map(([, second]) => second)];
}

function labelTensor(labels: readonly number[]): HostTensor {
  return { data: Float32Array.from(labels), shape: [labels.length] };
}
