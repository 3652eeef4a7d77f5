import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Contestant } from '../contest.js';

/** How PyTorch comes to a Debian or Ubuntu machine. */
export const torchInstall = 'apt-get install python3-torch libopenblas0-openmp';

const server = join(import.meta.dirname, 'server.py');

/** A Python process with PyTorch at its best setting, driven step by step. */
export class TorchProcess {
  private constructor(
    private readonly child: ChildProcessByStdio<Writable, Readable, null>,
    private readonly lines: AsyncIterator<string>,
    readonly version: string,
    readonly threads: number,
    /** The name of the NVIDIA GPU it can use. */
    readonly cuda: string | null,
  ) {}

  /** Starts it with as many threads; undefined where no Python here has torch. */
  static async start(threads: number): Promise<TorchProcess | undefined> {
    const python = [process.env['PYTHON'], '/usr/bin/python3', 'python3'].find((path) => path && spawnSync(path, ['-c', 'import torch']).status === 0);
    if (!python) return undefined;
    const child = spawn(python, [server], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...bestSetting(threads) } });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { version, threads: used, cuda } = JSON.parse((await lines.next()).value as string) as { version: string; threads: number; cuda: string | null };
    return new TorchProcess(child, lines, version, used, cuda);
  }

  /** Prepares a contestant of `contestants.py`. */
  async open(name: string, settings: Record<string, unknown>): Promise<Contestant> {
    const { id } = await this.ask<{ id: number }>({ open: settings });
    return { name, side: 'torch', step: () => this.ask({ step: id }), close: () => this.ask<void>({ close: id }) };
  }

  close(): void {
    this.child.stdin.end();
  }

  private async ask<Answer>(request: unknown): Promise<Answer> {
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error('the Python process ended');
    const answer = JSON.parse(value) as Answer & { error?: string };
    if (answer.error) throw new Error(`PyTorch: ${answer.error}`);
    return answer;
  }
}

/** One OpenMP pool for BLAS and torch: with the default BLAS their threads get in each other's way. */
function bestSetting(threads: number): NodeJS.ProcessEnv {
  const libraries = '/usr/lib';
  const blas = existsSync(libraries) ? readdirSync(libraries).map((name) => join(libraries, name, 'openblas-openmp')).find((folder) => existsSync(folder)) : undefined;
  return { OMP_NUM_THREADS: String(threads), ...(blas ? { LD_LIBRARY_PATH: [blas, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':') } : {}) };
}
