import { Option } from 'commander';
import { engineSchema } from '../../shared/experiment/protocol.js';
import { exitCodes } from '../terminal/failure.js';
import { print } from '../terminal/print.js';
import { command, type CommandMaker } from './command.js';

const engines = ['auto', 'onnx', 'tensorflow', 'wasm'] as const;

/** `mil verify FILE` */
export const verifyCommand: CommandMaker = (exit) =>
  command('verify', 'Compare an engine with reference numbers: losses, gradients, selection, metrics.', ['mil verify golden/reference.json', 'mil verify golden/reference.json --engine wasm'])
    .argument('<file>', 'reference numbers, shaped like golden/reference.json')
    .addOption(new Option('--engine <engine>', 'the engine that computes').choices(engines).default('auto'))
    .action(async (file: string, { engine: kind }: { engine: (typeof engines)[number] }) => {
      const [{ openEngine }, { verifyGolden, renderVerify }] = await Promise.all([import('../../engine/select.js'), import('../verify/index.js')]);
      const engine = await openEngine(engineSchema.parse({ kind }));
      try {
        const report = await verifyGolden(file, engine);
        print(renderVerify(report));
        if (!report.passed) exit(exitCodes.failed);
      } finally {
        engine.dispose();
      }
    });
