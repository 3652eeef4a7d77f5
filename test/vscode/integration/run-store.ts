import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { commands, workspace } from 'vscode';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('runs', () => {
  it('trains the experiment of the workspace in a process of its own', async function () {
    this.timeout(240_000);
    const root = workspace.workspaceFolders![0]!.uri.fsPath;
    const run = await commands.executeCommand<string>('mil.startRun', path.join(root, 'tiny.mil.json'));
    const state = (): string => (JSON.parse(readFileSync(path.join(run, 'status.json'), 'utf8')) as { state: string }).state;
    for (const deadline = Date.now() + 200_000; state() === 'running' && Date.now() < deadline; ) await sleep(200);
    assert.equal(state(), 'done');
  });
});
