import { Option } from 'commander';
import type { Target } from '../doctor/index.js';
import { exitCodes } from '../terminal/failure.js';
import { print } from '../terminal/print.js';
import { command, type CommandMaker } from './command.js';

/** `mil doctor` */
export const doctorCommand: CommandMaker = (exit) =>
  command('doctor', 'Say what loads on this machine, how fast it is, and what to do where something is missing.', ['mil doctor', 'mil doctor --json', 'mil doctor --engine onnx --device webgpu'])
    .option('--json', 'print JSON')
    .addOption(new Option('--engine <engine>', 'try this engine alone').choices(['auto', 'onnx', 'tensorflow', 'wasm']))
    .addOption(new Option('--device <device>', 'where onnx computes, with --engine: cpu, webgpu, cuda').default('cpu'))
    .action(async ({ json, engine, device }: { json?: boolean; engine?: Target['kind']; device: string }) => {
      const { probeEngine, renderEngine, runDoctor, renderDoctor } = await import('../doctor/index.js');
      if (engine) {
        const report = await probeEngine({ kind: engine, device });
        print(json ? JSON.stringify(report) : renderEngine(report));
      } else {
        const report = await runDoctor();
        print(json ? JSON.stringify(report, undefined, 2) : renderDoctor(report));
      if (!report.auto.loads) exit(exitCodes.failed);
      }
    });
