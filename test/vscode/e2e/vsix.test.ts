import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageFor } from '../../../scripts/package.js';
import { serverNode } from '../../../scripts/vscode-server.js';
import { readStatus } from '../../../src/shared/run/read.js';
import { extensionFolder, openLab, type Lab } from '../harness/lab.js';
import { drawTinyCohort } from '../harness/tiny-cohort.js';
import { runCommand } from '../harness/workbench.js';

describe('the package', () => {
  let vsix: string;
  let lab: Lab;
  let installed: string;
  beforeAll(async () => {
    vsix = await packageFor(`${process.platform}-${process.arch}`);
    lab = await openLab({ vsix, fill: drawTinyCohort });
    const { extensions } = lab.profile;
    installed = path.join(extensions, readdirSync(extensions).find((folder) => folder.startsWith('hardmine.hardmine-'))!);
  });
  afterAll(() => lab?.close());

  it('is smaller than 60 MB', () => {
    expect(statSync(vsix).size).toBeLessThan(60_000_000);
  });

  it('holds all that its manifest names and the papers, no sources and no source maps', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    expect(files).toEqual(expect.arrayContaining(['dist/mil.js', 'LICENSE.txt', 'ThirdPartyNotices.txt', 'package.nls.json']));
    const named = [...readFileSync(path.join(installed, 'package.json'), 'utf8').matchAll(/"(?:\.\/)?((?:media|dist)\/[^"]+\.\w+)"/g)].map(([, file]) => file!);
    const views = readdirSync(path.join(extensionFolder, 'dist/webview')).filter((file) => /\.(js|css|ttf)$/.test(file));
    expect(named).toContain('dist/extension.js');
    expect([...named, ...views.map((file) => `dist/webview/${file}`)].filter((file) => !files.includes(file))).toEqual([]);
    expect(files.filter((file) => /(\.map|(?<!\.d)\.tsx?|cuda.*\.so)$|^(src|test|node_modules)\//.test(file))).toEqual([]);
    const notices = readFileSync(path.join(installed, 'ThirdPartyNotices.txt'), 'utf8');
    for (const name of ['sharp', '@img/sharp-libvips-linux-x64', 'onnxruntime-node', 'zod', 'preact', '@tensorflow/tfjs-core']) {
      if (name.includes('linux') && process.platform !== 'linux') continue;
      expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'));
    }
  });

  it('loads its engines on the Node of the editor, from nothing but itself', () => {
    const report = JSON.parse(execFileSync(serverNode(), [path.join(installed, 'dist/mil.js'), 'doctor', '--json'], { env: lab.profile.env, cwd: lab.profile.workspace, encoding: 'utf8' })) as Doctor;
    expect(report.packages.filter(({ version }) => !version)).toEqual([]);
    const engines = report.engines.filter(({ kind, device }) => device === 'cpu' && (kind === 'onnx' || kind === 'wasm'));
    expect(engines.map(({ kind, loads }) => `${kind} ${loads ? 'loads' : 'fails'}`)).toEqual(['onnx loads', 'wasm loads']);
    expect(engines.map(({ reason }) => reason).join()).not.toContain('do not start');
  });

  it('trains an experiment to its end', async () => {
    const { page, profile } = lab;
    await page.getByRole('treeitem', { name: 'tiny.mil.json' }).dblclick();
    await page.getByRole('tab', { name: 'tiny.mil.json' }).waitFor();
    await runCommand(page, 'MIL: Start Training Run');
    const runs = path.join(profile.workspace, '.mil/runs');
    const run = (): string | undefined => (existsSync(runs) ? readdirSync(runs).map((name) => path.join(runs, name))[0] : undefined);
    await expect.poll(() => readStatus(run() ?? '')?.state, { timeout: 180_000, interval: 500 }).toBe('done');
    const lineage = JSON.parse(readFileSync(path.join(run()!, 'lineage.json'), 'utf8')) as { node: string };
    expect(lineage.node).toBe(execFileSync(serverNode(), ['--version'], { encoding: 'utf8' }).trim());
  });
});

interface Doctor {
  readonly packages: readonly { readonly name: string; readonly version?: string }[];
  readonly engines: readonly { readonly kind: string; readonly device: string; readonly loads: boolean; readonly reason?: string }[];
}
