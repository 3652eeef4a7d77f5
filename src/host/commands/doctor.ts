import { print } from '../terminal/print.js';
import { command, type CommandMaker } from './command.js';

/** `mil doctor` */
export const doctorCommand: CommandMaker = () =>
  command('doctor', 'Say what loads on this machine, how fast it is, and what to do where something is missing.', ['mil doctor', 'mil doctor --json'])
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { runDoctor, renderDoctor } = await import('../doctor/index.js');
      const report = await runDoctor();
      print(json ? JSON.stringify(report, undefined, 2) : renderDoctor(report));
    });
