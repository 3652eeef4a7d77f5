import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createStudy } from '../../../src/host/study/folder.js';
import { experimentSchema } from '../../../src/shared/experiment/index.js';
import { replaceJson } from '../../../src/shared/files.js';
import { runResultSchema } from '../../../src/shared/run/metrics.js';
import { readStudy } from '../../../src/shared/study/read.js';
import { makeRun } from '../report/fixtures.js';
import { mil } from './mil.js';
import { temporaryFolder } from './run/fixtures.js';

/** Eight slides are too few for a result, and for nothing that is tested here. */
const tiny = ['validation-too-small', 'test-too-small'].map((code) => ({ code, reason: 'eight slides to test the tool with' }));

/** Slides of tissue-like pink, labels 0 and 1, in a folder with an experiment. */
async function cohort(change: Record<string, unknown> = {}, labels = [0, 0, 0, 0, 1, 1, 1, 1]): Promise<string> {
  const folder = temporaryFolder();
  for (const i of labels.keys()) await sharp({ create: { width: 128, height: 128, channels: 3, background: { r: 208, g: 128, b: 170 + i } } }).png().toFile(join(folder, `s${i}.png`));
  writeFileSync(join(folder, 'cohort.csv'), ['slide_id,path,label,patient_id,mpp', ...labels.map((label, i) => `s${i},s${i}.png,${label},p${i},0.5`)].join('\n'));
  writeFileSync(join(folder, 'x.mil.json'), JSON.stringify({ name: 'x', cohort: { table: 'cohort.csv' }, split: { validation: 0.25, test: 0.25 }, check: { ignore: tiny }, ...change }));
  return folder;
}

describe('mil', () => {
  it('helps, with examples and exit codes', () => {
    const folder = temporaryFolder();
    const help = mil(folder, '--help');
    expect(help.code).toBe(0);
    for (const name of ['demo', 'train', 'check', 'runs', 'report', 'sample', 'info', 'tiles', 'verify', 'doctor']) expect(help.out).toContain(`  ${name} `);
    expect(help.out).toContain('130 interrupted');
    expect(mil(folder, 'train', '--help').out).toContain('Examples:');
  });

  it.each([
    [['trian'], 'Did you mean train'],
    [['train'], "missing required argument 'file'"],
    [['train', 'x.json', '--fast'], "unknown option '--fast'"],
    [['tiles', 'x.svs', '--mpp', '0', '--size', '8'], 'Give a number above 0'],
    [['tiles', 'x.svs', '--mpp', '0.5'], "required option '--size <px>' not specified"],
    [['verify', 'x.json', '--engine', 'abacus'], 'Allowed choices are auto, onnx, tensorflow, wasm'],
    [['train', 'nowhere.mil.json'], 'error experiment-unreadable: nowhere.mil.json: There is no such experiment file.'],
    [['check', 'nowhere.mil.json'], 'error experiment-unreadable'],
    [['embed', 'x.mil.json'], "required option '--out <dir>' not specified"],
    [['export', '.', '007'], 'Say what to export'],
    [['export', '.', '007', '--heatmap', 'x.png', '--level', '1', '--downsample', '2'], 'cannot be used with option'],
    [['export', '.', '007', '--heatmap', 'x.png', '--measure', 'truth'], 'Allowed choices are score, attention, rank'],
  ])('%j is bad usage: 2', (words, message) => {
    const { code, err } = mil(temporaryFolder(), ...words);
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
  });

  it.each([
    [['info', 'nowhere.svs'], 'error slide-missing: nowhere.svs: '],
    [['report', '.'], 'This is not a run folder'],
    [['export', '.', '007', '--geojson', 'x.geojson'], 'This is not a run folder'],
  ])('%j fails: 1', (words, message) => {
    const { code, err } = mil(temporaryFolder(), ...words);
    expect(err).toContain(message);
    expect(code).toBe(1);
  });
});

describe('mil check', () => {
  it('is content with a sound experiment', async () => {
    expect(mil(await cohort({ tiling: { size: 32 } }), 'check', 'x.mil.json')).toEqual({ code: 0, out: '', err: '0 errors, 0 warnings.\n' });
  });

  it('warns of a cohort that is too small, unless that is meant', async () => {
    const { code, out } = mil(await cohort({ tiling: { size: 32 }, check: { ignore: [tiny[0]] } }), 'check', 'x.mil.json');
    expect(out).toMatch(/^x\.mil\.json:1:\d+: warning test-too-small The test part has 1 patient with a slide of class "1"\. .* down to 2 %\./);
    expect(out.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(0);
  });

  it('checks a run by its folder', () => {
    const folder = temporaryFolder();
    const run = makeRun(folder, [{ id: 'a', path: 'a.png', label: 0 }, { id: 'b', path: 'b.png', label: 1 }]);
    expect(mil(folder, 'check', run)).toEqual({ code: 0, out: '', err: '0 errors, 0 warnings.\n' });
    for (const round of ['02', '03', '04']) {
      const file = join(run, 'rounds', round, 'metrics.json');
      const metrics = JSON.parse(readFileSync(file, 'utf8')) as { mining: object };
      writeFileSync(file, JSON.stringify({ ...metrics, mining: { ...metrics.mining, added: 0, dropped: 0, kept: 12 } }));
    }
    expect(mil(folder, 'check', run).out).toMatch(/fixture:1:1: warning pseudo-labels-stalled From round 2 on each mining chose the very same 12 patches/);
  });

  it('says place, severity and code of each mistake and exits with 2', async () => {
    const { code, out } = mil(await cohort({ tiling: { size: 64, overlap: 64, sise: 3 } }), 'check', 'x.mil.json');
    expect(out).toMatch(/^x\.mil\.json:1:\d+: error unknown-key "sise" is not a key of "tiling"\. Did you mean "size"\?\n$/);
    expect(code).toBe(2);
  });

  it('opens the encoder, and points at its name', async () => {
    const folder = await cohort({ encoder: { kind: 'onnx', file: 'nowhere.onnx' } });
    expect(mil(folder, 'check', 'x.mil.json')).toMatchObject({ code: 2, out: expect.stringMatching(/^x\.mil\.json:1:\d+: error encoder-invalid /) as string });
  });

  it('finds mistakes of the cohort in its own file', async () => {
    const folder = await cohort();
    writeFileSync(join(folder, 'cohort.csv'), `${readFileSync(join(folder, 'cohort.csv'), 'utf8')}\ns0,s0.png,0,p0,0.5\n`);
    const { code, out } = mil(folder, 'check', 'x.mil.json');
    expect(out).toMatch(/^cohort\.csv:10:\d+: error \S+ .*s0/m);
    expect(code).toBe(2);
  });
});

describe('mil train', () => {
  it('begins nothing with a wrong experiment', async () => {
    const folder = await cohort({ sede: 1 });
    const { code, out, err } = mil(folder, 'train', 'x.mil.json', '--json');
    expect(err).toMatch(/^x\.mil\.json:1:\d+: error unknown-key "sede"/);
    expect([code, out]).toEqual([2, '']);
    expect(mil(folder, 'runs').out).toContain('No runs here yet');
  });

  it('ends with a line of JSON also when it fails, and says how to resume', async () => {
    const folder = await cohort({}, [0, 0, 0, 0]);
    const { code, out, err } = mil(folder, 'train', 'x.mil.json', '--json');
    const last = JSON.parse(out.trim().split('\n').at(-1)!) as Record<string, unknown>;
    expect(last).toMatchObject({ state: 'failed', metrics: null });
    expect(err).toContain('cohort-one-class');
    expect(err).toContain('mil train x.mil.json --resume .mil/runs/');
    expect(code).toBe(1);
    expect(JSON.parse(mil(folder, 'runs', '--json').out)).toMatchObject([{ run: last.run, state: 'failed', status: { error: { code: 'cohort-one-class' } } }]);
  });

  it('refuses to resume a run of another experiment, or one that is done', async () => {
    const folder = await cohort();
    const run = makeRun(folder, [{ id: 'a', path: 'a.png', label: 0 }]);
    writeFileSync(join(folder, 'x.mil.json'), JSON.stringify({ name: 'fixture', seed: 9, cohort: { table: 'cohort.csv' }, mining: { rounds: 4 } }));
    const changed = mil(folder, 'train', 'x.mil.json', '--resume', run);
    expect(changed.err).toContain('The experiment has changed since this run began: seed.');
    expect(changed.code).toBe(2);
    writeFileSync(join(folder, 'x.mil.json'), JSON.stringify({ name: 'fixture', cohort: { table: 'cohort.csv' }, mining: { rounds: 4 } }));
    const done = mil(folder, 'train', 'x.mil.json', '--resume', run);
    expect(done.err).toContain('error run-not-resumable');
    expect(done.code).toBe(2);
  });

  it('says where it cannot write', async () => {
    const folder = await cohort();
    writeFileSync(join(folder, 'file'), '');
    const { code, err } = mil(folder, 'train', 'x.mil.json', '--out', 'file/runs');
    expect(err).toMatch(/error file-missing: .*file[/\\]runs/);
    expect(code).toBe(1);
  });
});

describe('mil runs and mil report', () => {
  it('show a run that is done', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'cohort'));
    const run = makeRun(join(folder, 'cohort'), [{ id: 'a', path: 'a.png', label: 0 }]);
    expect(mil(folder, 'runs').out).toMatch(/cohort.\.mil.runs.\S+ +done +4\/4 +0\.880 \[0\.790, 0\.950\]/);
    const { code, out } = mil(folder, 'report', run);
    expect([code, out.trim().split('\n').map((line) => line.split(/[/\\]/).at(-1))]).toEqual([0, ['report.md', 'report.html']]);
  });

  it('list studies with what their runs say together, and those that nobody has begun', async () => {
    const folder = await cohort();
    const study = createStudy(join(folder, 'x.mil.json'), experimentSchema.parse({ name: 'folds', cohort: { table: 'cohort.csv' }, split: { folds: 2 } }), undefined, new Date(2026, 10, 22, 9, 15, 3));
    expect(mil(folder, 'runs').out).toMatch(/created +study .*\n.*\n2026-11-22 09:15 +\.mil.studies.\S+folds +waiting +0\/2\s*$/);
    const runs = readStudy(study)!.members.map(({ run }) => resolve(study, run));
    const done = makeRun(temporaryFolder(), [{ id: 'a', path: 'a.png', label: 0 }]);
    for (const run of runs) cpSync(done, run, { recursive: true });
    const result = runResultSchema.parse(JSON.parse(readFileSync(join(done, 'result.json'), 'utf8')));
    replaceJson(join(runs[1]!, 'result.json'), { ...result, test: { ...result.test, auroc: { value: 0.9, low: null, high: null } } });
    expect(mil(folder, 'runs').out).toMatch(/folds +done +2\/2 +0\.890 ± 0\.014 \(too few values for an interval, n = 2\)/);
    const listed = JSON.parse(mil(folder, 'runs', '--json').out) as { study?: string; run?: string }[];
    expect(listed.map(({ run }) => run).sort()).toEqual([...runs, undefined].sort());
    expect(listed.find((one) => one.study)).toMatchObject({ study, name: 'folds', state: 'done', members: { done: 2, all: 2 }, auroc: { over: 'folds', mean: expect.closeTo(0.89, 12) as number, n: 2 }, heldOut: null });
  });
});

describe('mil embed', () => {
  it('wants an encoder that has learnt, and names the cohort rows at fault', async () => {
    const folder = await cohort({ tiling: { size: 32 } });
    expect(mil(folder, 'embed', 'x.mil.json', '--out', 'stores')).toMatchObject({ code: 1, err: expect.stringContaining('error encoder-invalid: This ResNet has not learnt anything yet') as string });
    writeFileSync(join(folder, 'cohort.csv'), 'slide_id,path,label\ns0,s0.png,maybe\n');
    expect(mil(folder, 'embed', 'x.mil.json', '--out', 'stores')).toMatchObject({ code: 2, err: expect.stringMatching(/cohort\.csv:2:\d+: error/) as string });
  });
});
