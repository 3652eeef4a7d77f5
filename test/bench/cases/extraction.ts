import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { initialValues } from '../../../src/encoders/initial.js';
import { architecture, backboneShapes } from '../../../src/encoders/resnet/architecture.js';
import { writeSafetensors } from '../../../src/engine/safetensors.js';
import { openOnnxModel } from '../../../src/engine/onnx/index.js';
import { Random } from '../../../src/shared/random.js';
import { layouts, timed, torchDevice, type BenchCase } from './case.js';
import { resnetModel } from './resnet-model.js';

const patches = 16;
const size = 224;

/** Features of patches from a frozen ResNet-18 with batch norm in an ONNX file: what embedding a cohort costs. */
export const extractionCase: BenchCase = {
  name: 'extraction',
  title: `Features, ResNet-18, ${size} px, batch ${patches}`,
  target: 0.95,
  patches,
  rounds: 5,
  stepsPerTurn: 3,
  async prepare(setting) {
    const { engine, torch, folder } = setting;
    const random = new Random(3);
    const resnet = architecture({ depth: 18, width: 1, projection: 256 }, size);
    const weights = initialValues(backboneShapes(resnet), random.fork('weights'));
    const shape = [patches, size, size, 3];
    const images = { shape, data: Float32Array.from({ length: patches * size * size * 3 }, () => random.normal()) };
    await writeSafetensors(join(folder, 'weights.safetensors'), weights);
    await writeSafetensors(join(folder, 'inputs.safetensors'), { images });
    const file = join(folder, 'resnet18.onnx');
    await writeFile(file, resnetModel(resnet, weights, shape));
    const { threads, device: ownDevice } = engine.info;
    const model = await openOnnxModel(file, { threads, device: ownDevice });
    const ours = {
      name: `Hardmine, onnx on ${ownDevice}`,
      side: 'hardmine' as const,
      async step() {
        const { ms, result } = await timed(() => model.run({ images }));
        const features = result['features']!.data as Float32Array;
        return { ms, value: features.reduce((sum, value) => sum + value, 0) / features.length };
      },
      close: () => model.dispose(),
    };
    if (!torch) return [ours];
    const device = torchDevice(setting);
    const theirs = [];
    for (const { layout, channelsLast } of layouts) {
      for (const frozen of [false, true]) {
        theirs.push(await torch.open(`PyTorch on ${device}, ${layout}${frozen ? ', frozen by TorchScript' : ''}`, { case: 'extraction', folder, device, channelsLast, frozen, resnet }));
      }
    }
    return [ours, ...theirs];
  },
};
