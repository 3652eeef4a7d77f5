import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commands, window, workspace, type Memento } from 'vscode';
import { RunStore } from '../../../src/extension/runs/store.js';
import type { RunSummary } from '../../../src/shared/run/list.js';
import { readStatus } from '../../../src/shared/run/read.js';
import { eventually, milInTerminal, root } from './support.js';

const tiny = path.join(root, 'tiny.mil.json');
const long = path.join(root, 'long.mil.json');

/** What a window keeps of a workspace over reloads. */
function memento(): Memento {
  const kept = new Map<string, unknown>();
  return { keys: () => [...kept.keys()], get: <T>(key: string, fallback?: T) => (kept.get(key) as T | undefined) ?? fallback, update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)) } as Memento;
}

/** A store as a window has it, and how runs ended in its sight. */
function openStore(kept: Memento): { readonly store: RunStore; readonly endings: RunSummary[]; close(): void } {
  const log = window.createOutputChannel('run store under test', { log: true });
  const store = new RunStore(kept, log);
  const endings: RunSummary[] = [];
  store.onDidEnd((run) => endings.push(run));
  store.watch();
  return {
    store,
    endings,
    close: () => {
      store.dispose();
      log.dispose();
    },
  };
}

const stateOf = (run: string): string | undefined => readStatus(run)?.state;

describe('runs', function () {
  this.timeout(240_000);
  let done: string;

  before(() => {
    const experiment = JSON.parse(readFileSync(tiny, 'utf8')) as { optimizer: object; finetune: object };
    writeFileSync(long, JSON.stringify({ ...experiment, name: 'long', optimizer: { epochs: 40_000, lr: 1e-3, patience: 0 } }));
  });

  it('train in a process of their own, from what the editor holds', async () => {
    const editor = await window.showTextDocument(await workspace.openTextDocument(tiny));
    const at = editor.document.positionAt(editor.document.getText().indexOf('"tiny"') + 1);
    await editor.edit((change) => change.insert(at, 'edited-'));
    done = await commands.executeCommand<string>('mil.startRun', tiny);
    assert.equal(editor.document.isDirty, false);
    assert.equal(readStatus(done)?.name, 'edited-tiny');
    await eventually('the end of the run', () => stateOf(done) !== 'running');
    assert.equal(stateOf(done), 'done');
  });

  it('are stopped by another process, and resumed', async () => {
    const run = await commands.executeCommand<string>('mil.startRun', long);
    await eventually('training', () => (readStatus(run)?.round ?? 0) > 0);
    await milInTerminal('stop', run);
    await eventually('the stop', () => stateOf(run) === 'interrupted');
    assert.equal(await commands.executeCommand('mil.resumeRun', run), run);
    await eventually('the host', () => stateOf(run) === 'running');
    await commands.executeCommand('mil.pauseRun', run);
    await eventually('the pause', () => stateOf(run) === 'paused');
    await commands.executeCommand('mil.continueRun', run);
    await eventually('going on', () => stateOf(run) === 'running');
    await commands.executeCommand('mil.stopRun', run);
    await eventually('the stop', () => stateOf(run) === 'interrupted');
  });

  it('of a terminal are found, and told of once when they are lost', async () => {
    const kept = memento();
    const first = openStore(kept);
    const run = await milInTerminal('train', long, '--detach');
    const { status } = await eventually('the run to be found', () => first.store.get(run));
    process.kill(status.pid, 'SIGKILL');
    await eventually('the loss', () => first.endings.length > 0);
    assert.deepEqual(first.endings.map(({ run, state }) => [run, state]), [[run, 'lost']]);
    first.close();
    const second = openStore(kept);
    await second.store.search();
    assert.equal(second.store.get(run)?.state, 'lost');
    assert.deepEqual(second.endings, []);
    second.close();
  });

  it('that end while no window looks are told of by the next one', async () => {
    const kept = memento();
    const first = openStore(kept);
    const run = await milInTerminal('train', long, '--detach');
    await eventually('the run to be found', () => first.store.get(run));
    first.close();
    await milInTerminal('stop', run, '--now');
    const second = openStore(kept);
    await second.store.search();
    assert.deepEqual(second.endings.map(({ run, state }) => [run, state]), [[run, 'interrupted']]);
    second.close();
  });

  it('are exported with scores, metrics and report, over nothing', async () => {
    const into = path.join(root, 'exported');
    const [folder] = await commands.executeCommand<string[]>('mil.exportRun', done, into);
    for (const file of ['experiment.json', 'lineage.json', 'result.json', 'report.md', 'report.html', 'test-scores.parquet', 'rounds/01/scores.parquet', 'rounds/01/metrics.json', 'rounds/02/bank.parquet']) {
      assert.deepEqual(readFileSync(path.join(folder!, file)), readFileSync(path.join(done, file)), file);
    }
    assert.equal(existsSync(path.join(folder!, 'rounds/01/encoder.safetensors')), false);
    const [another] = await commands.executeCommand<string[]>('mil.exportRun', done, into);
    assert.equal(another, `${folder}-2`);
  });

  it('export single slides for QuPath, and as heatmaps', async () => {
    const slide = Object.keys((JSON.parse(readFileSync(path.join(done, 'lineage.json'), 'utf8')) as { split: Record<string, string> }).split)[0]!;
    for (const [ending, start] of [['geojson', Buffer.from('{"type":"FeatureCollection"')], ['png', Buffer.from('89504e47', 'hex')], ['ome.tif', Buffer.from('49492b00', 'hex')]] as const) {
      const file = path.join(root, `slide.${ending}`);
      assert.equal(await commands.executeCommand<string>('mil.exportSlide', { run: done, slide }, file), file);
      assert.deepEqual(readFileSync(file).subarray(0, start.length), start, ending);
    }
  });
});
