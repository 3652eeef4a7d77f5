import assert from 'node:assert/strict';
import { commands, extensions } from 'vscode';

describe('commands', () => {
  it('registers every command of the manifest', async () => {
    const extension = extensions.getExtension('hardmine.hardmine');
    assert.ok(extension, 'the extension is there');
    await extension.activate();
    const manifest = extension.packageJSON as { contributes: { commands: { command: string }[] } };
    const known = new Set(await commands.getCommands(true));
    assert.deepEqual(manifest.contributes.commands.map(({ command }) => command).filter((id) => !known.has(id)), []);
  });
});
