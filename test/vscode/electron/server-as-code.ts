import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { installServer } from '../../../scripts/vscode-server.js';
import { runInsideExtensionHost } from '../harness/integration.js';
import { makeProfile } from '../harness/profile.js';

const isFolder = (word: string): boolean => statSync(word, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** Runs the suite that the flags of `code` name in the extension host of the server. @returns its exit code. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ strict: false, allowPositionals: true });
  const workspace = positionals.find(isFolder);
  const { extensionDevelopmentPath: extension, extensionTestsPath: suite } = values;
  if (typeof extension !== 'string' || typeof suite !== 'string' || !workspace) throw new Error('Give a folder, --extensionDevelopmentPath=… and --extensionTestsPath=…, as @vscode/test-electron does.');
  installServer();
  const profile = makeProfile({ workspace });
  try {
    return (await runInsideExtensionHost(profile, extension, suite)).exitCode;
  } finally {
    profile.remove();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
