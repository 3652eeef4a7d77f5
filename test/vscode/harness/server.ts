import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serverEntry, serverNode } from '../../../scripts/vscode-server.js';
import type { Profile } from './profile.js';

/** A running VS Code server. */
export interface Server {
  readonly authority: string;
  readonly url: string;
  stop(): Promise<void>;
}

const startLimit = 60_000;

function flags({ userData, extensions, env }: Profile): string[] {
  return ['--auth', env.PASSWORD ? 'password' : 'none', '--user-data-dir', userData, '--extensions-dir', extensions, '--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
}

/** Starts the server on a free port of this machine, behind the PASSWORD of the profile where it has one. @param extra further flags. @param trusted whether every folder is. */
export async function startServer(profile: Profile, extra: readonly string[] = [], trusted = true): Promise<Server> {
  const authority = `127.0.0.1:${await freePort()}`;
  const log = path.join(profile.folder, 'server.log');
  const out = openSync(log, 'w');
  const child = spawn(serverNode(), [serverEntry, ...flags(profile), ...(trusted ? ['--disable-workspace-trust'] : []), '--bind-addr', authority, ...extra], { env: profile.env, stdio: ['ignore', out, out], detached: true });
  const url = `http://${authority}`;
  const deadline = Date.now() + startLimit;
  while (!(await healthy(url))) {
    if (Date.now() > deadline || child.exitCode !== null) throw new Error(`The VS Code server did not start:\n${readFileSync(log, 'utf8')}`);
    await sleep(100);
  }
  return { authority, url, stop: () => stop(child) };
}

/** Installs a packaged extension into the profile. */
export function installExtension(profile: Profile, vsix: string): void {
  const { status, stdout, stderr } = spawnSync(serverNode(), [serverEntry, ...flags(profile), '--install-extension', vsix, '--force'], { env: profile.env, encoding: 'utf8' });
  if (status !== 0 || !/successfully installed/.test(stdout)) throw new Error(`${path.basename(vsix)} was not installed (${status}):\n${stdout}\n${stderr}`);
}

async function healthy(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

// It leads a process group of its own: one signal takes the server, its extension hosts and their children.
async function stop(child: ChildProcess): Promise<void> {
  const signal = (name: NodeJS.Signals): void => {
    try {
      process.kill(-child.pid!, name);
    } catch {
      // Gone already.
    }
  };
  signal('SIGTERM');
  for (let waited = 0; waited < 5000 && child.exitCode === null && child.signalCode === null; waited += 100) await sleep(100);
  signal('SIGKILL');
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
