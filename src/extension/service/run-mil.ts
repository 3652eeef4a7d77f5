import { execFile } from 'node:child_process';
import type { ExtensionContext } from 'vscode';
import { RemoteError } from '../../shared/rpc/channel.js';
import { runtimeOf } from './runtime.js';

const mostOutput = 64 * 1024 * 1024;

/**
 * Runs one short command of `mil` and gives what it printed.
 * @throws RemoteError with its last words when it fails.
 */
export function runMil(context: ExtensionContext, words: readonly string[], cwd?: string): Promise<string> {
  const { program, mil, env } = runtimeOf(context);
  return new Promise((resolve, reject) => {
    execFile(program, [mil, ...words], { env, cwd, maxBuffer: mostOutput, windowsHide: true }, (error, stdout, stderr) => {
      if (error) reject(new RemoteError(stderr.trim() || error.message, 'internal', undefined));
      else resolve(stdout);
    });
  });
}
