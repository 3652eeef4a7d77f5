import { spawn } from 'node:child_process';
import type { CancellationToken, ExtensionContext } from 'vscode';
import { RemoteError } from '../../shared/rpc/channel.js';
import { runtimeOf } from './runtime.js';

export interface MilOptions {
  readonly cwd?: string;
  /** Ends the process; the call then rejects with the code `cancelled`. */
  readonly token?: CancellationToken;
  /** Exit codes besides 0 after which what it printed still counts. */
  readonly accept?: readonly number[];
  /** Each line the command says beside its output, as it comes. */
  onNote?(line: string): void;
}

/**
 * Runs one short command of `mil` and gives what it printed.
 * @throws RemoteError with its last words when it fails, `cancelled` when it was.
 */
export function runMil(context: ExtensionContext, words: readonly string[], { cwd, token, accept = [], onNote }: MilOptions = {}): Promise<string> {
  const { program, mil, env } = runtimeOf(context);
  return new Promise((resolve, reject) => {
    const child = spawn(program, [mil, ...words], { env, cwd, windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    const cancel = token?.onCancellationRequested(() => child.kill());
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      const heard = said.stderr.lastIndexOf('\n') + 1;
      said.stderr += text;
      for (const line of said.stderr.slice(heard).split('\n').slice(0, -1)) onNote?.(line);
    });
    child.on('error', (error) => reject(new RemoteError(`${program}: ${error.message}`, 'internal', undefined)));
    child.on('close', (code, signal) => {
      cancel?.dispose();
      if (token?.isCancellationRequested) reject(new RemoteError('Cancelled.', 'cancelled', undefined));
      else if (code === 0 || (code !== null && accept.includes(code))) resolve(said.stdout);
      else reject(new RemoteError(said.stderr.trim() || `mil ${words[0]} ended: ${signal ?? `exit code ${code}`}`, 'internal', undefined));
    });
  });
}
