import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { makeProfile } from '../test/vscode/harness/profile.js';
import { startServer } from '../test/vscode/harness/server.js';
import manifest from '../package.json';
import { installServer } from './vscode-server.js';

const checkout = path.resolve(__dirname, '..');

/** `npm start [-- FOLDER]`: the extension in a browser, on the sample cohort or on a folder of yours. */
async function main(): Promise<void> {
  installServer();
  const workspace = path.resolve(process.argv[2] ?? 'sample');
  // A folder that holds something is opened as it is.
  if (!existsSync(workspace) || readdirSync(workspace).length === 0) {
    execFileSync(process.execPath, [path.join(checkout, 'dist/mil.js'), 'sample', workspace, '--size', '1024'], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const profile = makeProfile({ workspace, settings: { 'workbench.startupEditor': 'welcomePage', 'git.enabled': true } });
  symlinkSync(checkout, path.join(profile.extensions, `${manifest.publisher}.${manifest.name}-${manifest.version}`), 'dir');
  // Others on this machine can reach the port: what opens there runs programs in your name.
  profile.env.PASSWORD = randomBytes(9).toString('base64url');
  // Listened for before there is something to stop: no server is left behind by an early Ctrl+C.
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
  const server = await startServer(profile);
  console.log(`\nHardmine is open at  ${server.url}/?folder=${encodeURIComponent(workspace)}\nPassword             ${profile.env.PASSWORD}\n\nCtrl+C ends it. Training that is under way goes on by itself; \`mil runs\` lists it, \`mil stop\` ends it.`);
  await asked;
  console.log('\nClosing');
  await server.stop();
  profile.remove();
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
