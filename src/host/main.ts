import { Command, CommanderError } from 'commander';
import manifest from '../../package.json';
import { checkCommand } from './commands/check.js';
import { compareCommand } from './commands/compare.js';
import { continueCommand, pauseCommand, stopCommand } from './commands/control.js';
import { demoCommand } from './commands/demo.js';
import { doctorCommand } from './commands/doctor.js';
import { embedCommand } from './commands/embed.js';
import { estimateCommand } from './commands/estimate.js';
import { explainCommand } from './commands/explain.js';
import { exportCommand } from './commands/export.js';
import { infoCommand } from './commands/info.js';
import { newCommand } from './commands/new.js';
import { readCommand } from './commands/read.js';
import { reportCommand } from './commands/report.js';
import { runsCommand } from './commands/runs.js';
import { sampleCommand } from './commands/sample.js';
import { schemaCommand } from './commands/schema.js';
import { selftestCommand } from './commands/selftest.js';
import { serveCommand } from './commands/serve.js';
import { splitCommand } from './commands/split.js';
import { studyCommand } from './commands/study.js';
import { tilesCommand } from './commands/tiles.js';
import { tissueCommand } from './commands/tissue.js';
import { trainCommand } from './commands/train.js';
import { verifyCommand } from './commands/verify.js';
import { collectSeldom } from './heap.js';
import { exitCodeOf, exitCodes, renderError } from './terminal/failure.js';
import { note, outliveClosedPipes } from './terminal/print.js';

const commands = [demoCommand, newCommand, trainCommand, studyCommand, splitCommand, checkCommand, estimateCommand, embedCommand, runsCommand, stopCommand, pauseCommand, continueCommand, reportCommand, compareCommand, explainCommand, exportCommand, sampleCommand, infoCommand, readCommand, tilesCommand, tissueCommand, verifyCommand, selftestCommand, doctorCommand, schemaCommand, serveCommand];

/** Runs the command line. @param words the arguments after the program's name. @returns the exit code. */
async function main(words: readonly string[]): Promise<number> {
  collectSeldom();
  let exitCode: number = exitCodes.done;
  const program = new Command('mil')
    .description('Weakly supervised whole-slide experiments with hard negative sample mining.')
    .version(manifest.version)
    .showHelpAfterError('Run with --help for what can be given.')
    .exitOverride()
    .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 bad usage or experiment, 130 interrupted.\nFirst steps: mil demo');
  for (const command of commands) program.addCommand(command((code) => (exitCode = code)).copyInheritedSettings(program));
  try {
    if (words.length === 0) program.help();
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.refused;
    note(renderError(error));
    return exitCodeOf(error);
  }
}

outliveClosedPipes();
// Thread pools of native packages would keep the process; what was printed must still get out.
void main(process.argv.slice(2)).then((code) => process.stdout.write('', () => process.stderr.write('', () => process.exit(code))));
