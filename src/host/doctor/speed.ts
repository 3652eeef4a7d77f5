import type { Engine } from '../../engine/index.js';
import { tf } from '../../engine/tfjs.js';
import { Random } from '../../shared/random.js';

const rows = 4096;
const width = 512;
const layers = 4;

/**
 * How fast an engine multiplies float32 matrices, in GFLOP/s: the median of runs over `seconds`
 * of a chain of products (4096 × 512 by 512 × 512, the shape of a bag under DSMIL).
 * @throws Error when the engine's numbers are wrong.
 */
export async function measureSpeed(engine: Engine, seconds: number, now: () => number = () => performance.now()): Promise<number> {
  const random = new Random(0);
  const bound = Math.sqrt(3 / width);
  const weight = Float32Array.from({ length: width * width }, () => random.between(-bound, bound));
  const store = engine.parameters({ weight: { shape: [width, width], data: weight } });
  const program = engine.compile({
    name: 'speed',
    inputs: { x: { shape: [rows, width] } },
    parameters: store,
    body({ inputs, parameters }) {
      let y = inputs['x']!;
      for (let layer = 0; layer < layers; layer++) y = tf.matMul(y, parameters['weight']!);
      return { column: tf.slice(y, [0, 0], [rows, 1]), scale: tf.mean(tf.square(y)) };
    },
  });
  const x = { shape: [rows, width], data: Float32Array.from({ length: rows * width }, () => random.between(-1, 1)) };
  const times: number[] = [];
  const start = now();
  while (times.length < 3 || now() - start < seconds * 1000) {
    const before = now();
    const { scale } = await program.run({ x });
    times.push(now() - before);
    if (!Number.isFinite(scale!.data[0]!)) throw new Error('its products are not finite');
  }
  program.dispose();
  store.dispose();
  const [, ...warm] = times;
  const median = warm.sort((a, b) => a - b)[Math.floor(warm.length / 2)]!;
  return (2 * layers * rows * width * width) / (median * 1e6);
}
