import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commands, window } from 'vscode';
import { eventually, milInTerminal, root, tinyIn } from './support.js';

const folder = path.join(root, 'cluster');
const studies = path.join(folder, '.mil/studies');

describe('studies', () => {
  let study: string;
  let runs: string[];

  it('are summed up when their last run ends elsewhere, as on a cluster', async function () {
    this.timeout(240_000);
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, 'seeds.mil.json');
    writeFileSync(file, JSON.stringify({ ...tinyIn(folder), name: 'seeds', seeds: [1, 2], mining: { rounds: 1 } }));
    assert.match(await milInTerminal('study', file, '--slurm'), /#SBATCH/);
    study = path.join(studies, readdirSync(studies)[0]!);
    for (const seed of ['1', '2']) await milInTerminal('train', file, '--study', study, '--seed', seed);
    await commands.executeCommand('mil.refreshRuns');
    await eventually('the sum', () => existsSync(path.join(study, 'summary.json')), 60_000);
    const summary = JSON.parse(await eventually('all runs in it', () => existsSync(path.join(study, 'report.md')) && readFileSync(path.join(study, 'summary.json'), 'utf8'))) as { members: { state: string; run: string }[] };
    assert.deepEqual(summary.members.map(({ state }) => state), ['done', 'done']);
    runs = summary.members.map(({ run }) => path.resolve(study, run));
  });

  it('and their runs are compared with statistics, in a document that can be saved', async () => {
    const text = await commands.executeCommand<string>('mil.compareStatistics', runs, 'auroc');
    assert.match(text, /^# 2 runs compared by AUROC\n/);
    assert.match(text, /\| A − B \| [+−]\d\.\d{3}/);
    assert.ok(text.includes(`| ${path.basename(runs[0]!)} |`), text);
    const shown = window.visibleTextEditors.find(({ document }) => document.getText() === text)!;
    assert.equal(shown.document.languageId, 'markdown');
    assert.equal(shown.document.uri.scheme, 'untitled');
  });

  it('are compared with one another by the runs of one seed', async () => {
    const copy = `${study}-copy`;
    cpSync(study, copy, { recursive: true });
    const text = await commands.executeCommand<string>('mil.compareStatistics', [study, copy], 'balancedAccuracy');
    assert.match(text, /^# 2 studies compared by balanced accuracy\n/);
    assert.match(text, /\| A − B \| 2 seeds \| \+0\.000/);
    // A run is no study: the refusal is shown, and nothing is opened.
    assert.equal(await commands.executeCommand('mil.compareStatistics', [study, runs[0]], 'auroc'), undefined);
  });
});
