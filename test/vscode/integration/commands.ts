import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commands, extensions, window, workspace } from 'vscode';
import { root } from './support.js';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category?: string; readonly icon?: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command?: string }[]>>;
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly svg: string } }[] }[];
  };
}

describe('commands', () => {
  const extension = extensions.getExtension('hardmine.hardmine')!;
  const { contributes } = extension.packageJSON as Manifest;

  it('registers every command of the manifest', async () => {
    await extension.activate();
    const known = new Set(await commands.getCommands(true));
    assert.deepEqual(contributes.commands.map(({ command }) => command).filter((id) => !known.has(id)), []);
  });

  it('names every command in the manifest, under MIL, in words', async () => {
    const named = new Set(contributes.commands.map(({ command }) => command));
    const own = (await commands.getCommands(true)).filter((id) => id.startsWith('mil.') && !/^mil\.\w+\.(focus|open|resetViewLocation|removeView|toggleVisibility)$/.test(id));
    assert.deepEqual(own.filter((id) => !named.has(id) && !id.startsWith('mil.internal.')), []);
    assert.deepEqual(contributes.commands.filter(({ category, title }) => category !== 'MIL' || title.startsWith('%')), []);
  });

  it('offers nothing in menus that is no command', () => {
    const named = new Set(contributes.commands.map(({ command }) => command));
    assert.deepEqual(Object.values(contributes.menus).flat().map(({ command }) => command).filter((id) => id !== undefined && !named.has(id)), []);
  });

  it('illustrates every step of the walkthrough', () => {
    const pictures = contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg));
    assert.equal(pictures.length, 5);
    for (const picture of pictures) assert.match(readFileSync(path.join(extension.extensionPath, picture), 'utf8'), /var\(--vscode-/);
  });

  it('draws a sample and opens its experiment', async () => {
    const folder = path.join(root, 'drawn');
    const file = await commands.executeCommand<string>('mil.createSample', folder, { slides: 6, size: 512 });
    assert.equal(file, path.join(folder, 'sample.mil.json'));
    assert.equal(window.activeTextEditor?.document.uri.fsPath, file);
    assert.equal(readFileSync(path.join(folder, 'cohort.csv'), 'utf8').trim().split('\n').length, 7);
  });

  it('begins an experiment from a folder of features, with the labels of a table beside it', async () => {
    const folder = path.join(root, 'stored');
    mkdirSync(folder);
    for (const id of ['TCGA-AA-0001-01Z-00-DX1.x', 'TCGA-AA-0002-01Z-00-DX1.y']) writeFileSync(path.join(folder, `${id}.h5`), '');
    writeFileSync(path.join(root, 'clinical.csv'), 'case_id,label\nTCGA-AA-0001,normal\nTCGA-AA-0002,tumor\n');
    const file = await commands.executeCommand<string>('mil.newExperiment', folder);
    assert.equal(readFileSync(path.join(folder, 'cohort.csv'), 'utf8'), 'slide_id,label,patient_id\nTCGA-AA-0001-01Z-00-DX1.x,normal,TCGA-AA-0001\nTCGA-AA-0002-01Z-00-DX1.y,tumor,TCGA-AA-0002\n');
    assert.deepEqual((JSON.parse(readFileSync(file, 'utf8')) as { cohort: unknown }).cohort, { table: 'cohort.csv', classes: ['normal', 'tumor'] });
    const again = await commands.executeCommand<string>('mil.newExperiment', folder);
    assert.equal(path.basename(again), 'stored-2.mil.json');
    assert.ok(existsSync(path.join(folder, 'cohort-2.csv')));
  });

  it('shows what the machine can do in a page that needs no saving', async () => {
    await commands.executeCommand('mil.checkEnvironment');
    const { document } = window.activeTextEditor!;
    assert.match(document.getText(), /^Node +\d+/);
    assert.match(document.getText(), /`engine: auto` takes/);
    assert.equal(document.isDirty, false);
    assert.notEqual(document.uri.scheme, 'untitled');
    assert.ok(workspace.textDocuments.includes(document));
  }).timeout(180_000);
});
