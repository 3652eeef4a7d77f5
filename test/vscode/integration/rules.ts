import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commands, languages, Uri, window, workspace, type CodeAction, type Diagnostic } from 'vscode';
import { eventually, root, tinyIn } from './support.js';

const codeOf = ({ code }: Diagnostic): string => String(typeof code === 'object' ? code.value : code);
const found = (file: string, code: string): Diagnostic | undefined => languages.getDiagnostics(Uri.file(file)).find((one) => one.source === 'mil' && codeOf(one) === code);
const tabs = (): string[] => window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));

/** The tiny cohort in a folder of its own, with an experiment of few patients, in JSON and in YAML. */
function plant(name: string): (file: string) => string {
  const folder = path.join(root, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'few.mil.json'), JSON.stringify({ ...tinyIn(folder), name: 'few', check: undefined }, undefined, 2));
  return (file) => path.join(folder, file);
}

describe('rules of the linter', () => {
  const code = 'validation-too-small';
  let inFolder: (file: string) => string;
  before(() => {
    inFolder = plant('rules');
  });

  it('shows the page of a rule', async () => {
    assert.equal(await commands.executeCommand('mil.explainRule', code), code);
    await eventually('the page', () => tabs().some((label) => label.includes(code)));
  });

  it('links the code of a finding to that page', async () => {
    const document = await workspace.openTextDocument(inFolder('few.mil.json'));
    await window.showTextDocument(document);
    const finding = await eventually('the finding', () => found(document.uri.fsPath, code));
    const { target } = finding.code as { target: Uri };
    await commands.executeCommand('workbench.action.closeAllEditors');
    // As the workbench opens it when the code is clicked: a command with its arguments in the query.
    assert.equal(target.scheme, 'command');
    await commands.executeCommand(target.path, ...(JSON.parse(target.query) as unknown[]));
    await eventually('the page', () => tabs().some((label) => label.includes(code)));
  });

  it('ignores a rule with a reason, from its quick fix, in JSON and in YAML', async function () {
    this.timeout(240_000);
    for (const [name, text] of [['few.mil.json', undefined], ['few.mil.yaml', 'name: few\n# of a few slides\ncohort: { table: cohort.csv, classes: [normal, tumor] }\nsplit: { validation: 0.34, test: 0.34 }\ncheck:\n  ignore:\n    - { code: test-too-small, reason: six slides to try this with }\n']] as const) {
      if (text !== undefined) writeFileSync(inFolder(name), text);
      const document = await workspace.openTextDocument(inFolder(name));
      await window.showTextDocument(document);
      const finding = await eventually(`the finding in ${name}`, () => found(document.uri.fsPath, code));
      const actions = await commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', document.uri, finding.range, 'quickfix');
      const action = actions.find(({ title, command }) => title === 'Ignore this rule…' && (command?.arguments as unknown[])[1] === code);
      assert.ok(action?.command, actions.map(({ title }) => title).join(' | '));
      await commands.executeCommand(action.command.command, ...(action.command.arguments as unknown[]), 'six slides are all there are');
      assert.match(document.getText(), /validation-too-small[^]*six slides are all there are/);
      if (text !== undefined) assert.match(document.getText(), /# of a few slides[^]*test-too-small/);
      await eventually('silence', () => found(document.uri.fsPath, code) === undefined);
      await document.save();
    }
  });
});

describe('a table opened alone', () => {
  it('is checked as part of the experiment that names it', async () => {
    const inFolder = plant('alone');
    writeFileSync(inFolder('cohort.csv'), readFileSync(inFolder('cohort.csv'), 'utf8').replace(',tumor', ',tumr'));
    const table = await workspace.openTextDocument(inFolder('cohort.csv'));
    await window.showTextDocument(table);
    const finding = await eventually('the finding', () => found(table.uri.fsPath, 'cohort-unknown-label'));
    assert.equal(table.lineAt(finding.range.start.line).text.includes('tumr'), true);
    assert.equal(workspace.textDocuments.some(({ uri }) => uri.fsPath === inFolder('few.mil.json')), false);
    // What the experiment itself is warned of waits until somebody opens it.
    assert.deepEqual(languages.getDiagnostics(Uri.file(inFolder('few.mil.json'))), []);
  });

  it('is left alone where no experiment names it', async () => {
    const folder = path.join(root, 'strange');
    mkdirSync(folder, { recursive: true });
    copyFileSync(path.join(root, 'cohort.csv'), path.join(folder, 'other.csv'));
    const table = await workspace.openTextDocument(path.join(folder, 'other.csv'));
    await window.showTextDocument(table);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.deepEqual(languages.getDiagnostics(table.uri), []);
  });
});
