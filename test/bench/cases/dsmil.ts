import { join } from 'node:path';
import { createAggregator } from '../../../src/mil/aggregators/index.js';
import { createPairTrainer } from '../../../src/mil/pair-trainer.js';
import { writeSafetensors } from '../../../src/engine/safetensors.js';
import { aggregatorSchema } from '../../../src/shared/experiment/model.js';
import { Random } from '../../../src/shared/random.js';
import { timed, torchDevice, type BenchCase } from './case.js';

const instances = 5000;
const featureSize = 512;
const attention = 128;
const lr = 2e-4;
const weightDecay = 1e-4;
const loss = { bag: 0.5, instance: 0.5, ranking: 0.1, topK: 10, margin: 1, posWeight: 1, scoreSpace: 'logit' } as const;

/** A training step of DSMIL with the ranking loss: PyTorch computes it as the reference does, with a value for every instance. */
export const dsmilCase: BenchCase = {
  name: 'dsmil',
  title: `DSMIL pair step, 2 bags of ${instances} × ${featureSize}`,
  target: 0.5,
  rounds: 6,
  stepsPerTurn: 5,
  async prepare(setting) {
    const { engine, torch, folder } = setting;
    const random = new Random(1);
    const aggregator = createAggregator(aggregatorSchema.parse({ kind: 'dsmil', attention }), featureSize);
    const initial = aggregator.initialise(random.fork('weights'));
    const bag = () => ({ shape: [instances, featureSize], data: Float32Array.from({ length: instances * featureSize }, () => random.normal()) });
    const [positive, negative] = [bag(), bag()];
    await writeSafetensors(join(folder, 'weights.safetensors'), initial);
    await writeSafetensors(join(folder, 'inputs.safetensors'), { positive, negative });
    const trainer = createPairTrainer(engine, aggregator, { loss, optimizer: { kind: 'adam', weightDecay }, initial, random });
    const contestants = [
      {
        name: `Hardmine, ${engine.info.kind} on ${engine.info.device}`,
        side: 'hardmine' as const,
        async step() {
          const { ms, result } = await timed(() => trainer.step(positive, negative, lr));
          return { ms, value: result.total };
        },
        close: () => trainer.dispose(),
      },
    ];
    if (!torch) return contestants;
    const device = torchDevice(setting);
    return [...contestants, await torch.open(`PyTorch on ${device}`, { case: 'dsmil', folder, device, channelsLast: false, featureSize, attention, lr, weightDecay, loss })];
  },
};
