import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { l10n, ProgressLocation, window, type CancellationToken, type Progress } from 'vscode';
import { runMil } from '../service/run-mil.js';
import { tensorflowFolder } from '../service/runtime.js';
import type { Session } from '../session.js';
import type { CommandHandler } from './index.js';
import { requireTrust } from './trust.js';

const wanted = '@tensorflow/tfjs-node-gpu@4.22.0';
/** Where libtensorflow is published for GPUs. */
const platforms = ['linux-x64', 'win32-x64'];

/** MIL: Install TensorFlow GPU Engine. Only after a person has read what is downloaded; says plainly how it ended. */
export const installTensorflowGpu: CommandHandler = async (session) => {
  const here = `${process.platform}-${process.arch}`;
  if (!platforms.includes(here)) throw new Error(l10n.t('TensorFlow with GPU is published for {0} only; this is {1}. The embedded onnx engine needs nothing more.', platforms.join(', '), here));
  if (!(await requireTrust())) return;
  const folder = tensorflowFolder(session.context);
  const install = l10n.t('Download and Install');
  const detail = [
    l10n.t('npm downloads {0} from your npm registry; its installer downloads libtensorflow (several hundred MB) from storage.googleapis.com, and may compile it for this Node.', wanted),
    l10n.t('Everything goes into {0}; nothing else on this machine changes.', folder),
    l10n.t('It needs an NVIDIA GPU with CUDA 11.2 and cuDNN 8.1, which it does not install, and npm on the PATH.'),
  ].join('\n\n');
  if ((await window.showWarningMessage(l10n.t('Install the TensorFlow GPU engine?'), { modal: true, detail }, install)) !== install) return;
  const failure = await window.withProgress({ location: ProgressLocation.Notification, title: l10n.t('Installing TensorFlow with GPU'), cancellable: true }, (progress, token) => installInto(session, folder, progress, token));
  if (failure === 'cancelled') return;
  if (failure !== undefined) throw new Error(l10n.t('TensorFlow with GPU could not be installed: {0} All of npm\'s words are in the output "MIL". Training goes on with the embedded onnx engine.', failure));
  await tellWhatLoads(session);
};

/** @returns why it failed; undefined when all went well. */
async function installInto({ log }: Session, folder: string, progress: Progress<{ message: string }>, token: CancellationToken): Promise<string | undefined> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), `${JSON.stringify({ name: 'mil-tensorflow', private: true })}\n`);
  return new Promise((resolve) => {
    // npm is a script on Windows; none of these words comes from outside.
    const child = spawn('npm', ['install', wanted, '--no-audit', '--no-fund', '--foreground-scripts'], { cwd: folder, shell: process.platform === 'win32', windowsHide: true, detached: process.platform !== 'win32' });
    const words: string[] = [];
    const hear = (text: Buffer): void => {
      for (const line of text.toString().split(/\r?\n/).filter((word) => word.trim() !== '')) {
        words.push(line);
        log.info(`npm: ${line}`);
        progress.report({ message: line.slice(0, 80) });
      }
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const cancel = token.onCancellationRequested(() => endTree(child.pid));
    child.on('error', (error) => resolve(l10n.t('npm could not be started ({0}).', error.message)));
    child.on('close', (code) => {
      cancel.dispose();
      resolve(token.isCancellationRequested ? 'cancelled' : code === 0 ? undefined : lastError(words));
    });
  });
}

function lastError(words: readonly string[]): string {
  const errors = words.filter((line) => /\berr(or)?\b/i.test(line) && !/complete log|A complete/.test(line));
  return (errors[0] ?? words.at(-1) ?? '').replace(/^npm (error|ERR!)\s*/, '').replace(/\.?$/, '.');
}

/** npm starts installers of its own: all of them end. */
function endTree(pid: number | undefined): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') spawn('taskkill', ['/pid', String(pid), '/T', '/F']);
  else process.kill(-pid, 'SIGTERM');
}

/** That npm is content does not mean that CUDA is there: the engine itself is asked. */
async function tellWhatLoads({ context, log }: Session): Promise<void> {
  const report = await runMil(context, ['doctor', '--engine', 'tensorflow', '--json'], { accept: [1] });
  log.info(report.trim());
  const { loads, device, problem } = JSON.parse(report.slice(report.indexOf('{'))) as { readonly loads: boolean; readonly device: string; readonly problem?: string };
  if (loads && device !== 'cpu') void window.showInformationMessage(l10n.t('The TensorFlow engine loads and computes on the GPU. "engine: auto" takes it from now on.'));
  else if (loads) void window.showWarningMessage(l10n.t('TensorFlow is installed but found no GPU it can use (CUDA 11.2 and cuDNN 8.1 must be there), so it computes on the CPU.'));
  else void window.showWarningMessage(l10n.t('TensorFlow is installed but does not load: {0}', problem ?? l10n.t('it did not say why.')));
}
