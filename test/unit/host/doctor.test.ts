import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createEagerEngine } from '../../../src/engine/eager.js';
import { tf } from '../../../src/engine/tfjs.js';
import { advise } from '../../../src/host/doctor/advice.js';
import { renderDoctor, runDoctor, type DoctorReport, type EngineReport } from '../../../src/host/doctor/index.js';
import { measureSpeed } from '../../../src/host/doctor/speed.js';
import '@tensorflow/tfjs-backend-cpu';

const onnx: EngineReport = { kind: 'onnx', device: 'cpu', loads: true, version: '1.30.0', threads: 2, gigaflops: 120, reason: 'the fastest that loads here' };
const missing: EngineReport = { kind: 'tensorflow', device: 'any', loads: false, problem: '@tensorflow/tfjs-node is not installed.', remedy: 'Install it.' };

const report: Omit<DoctorReport, 'advice'> = {
  machine: { node: '20.1.0', platform: 'linux-x64', cpu: 'a CPU', cores: 2, memory: { total: 8 * 1024 ** 3, free: 4 * 1024 ** 3 }, disk: { folder: 'here', free: 50 * 1024 ** 3 } },
  packages: [{ name: 'sharp', purpose: 'reads slides', version: '0.35' }],
  openslide: { problem: 'OpenSlide is not installed.', remedy: 'Install OpenSlide.' },
  openjpeg: { version: '2.5.0', file: 'libopenjp2.so.7' },
  gpus: [],
  engines: [onnx, missing],
  auto: onnx,
};

describe('runDoctor', () => {
  it('loads the packages, tries every engine in turn and asks what auto takes', async () => {
    const tried: string[] = [];
    const found = await runDoctor(async ({ kind, device }) => {
      tried.push(`${kind}/${device}`);
      return kind === 'onnx' || kind === 'auto' ? onnx : missing;
    });
    expect(tried).toEqual(['onnx/cpu', 'onnx/webgpu', 'onnx/cuda', 'tensorflow/any', 'wasm/cpu', 'auto/any']);
    expect(found.packages.map(({ name, version }) => [name, /^\d/.test(version ?? '')])).toEqual([['sharp', true], ['h5wasm', true]]);
    // There or not, it says so.
    expect(found.openslide.version ?? found.openslide.remedy).toMatch(/^\d|MIL_OPENSLIDE_PATH/);
    expect(found.machine.node).toBe(process.versions.node);
    expect(found.machine.memory.total).toBeGreaterThan(0);
    expect(found.machine.disk.free).toBeGreaterThan(0);
    expect(found.auto).toBe(onnx);
    expect(JSON.parse(JSON.stringify(found))).toMatchObject({ engines: [{ kind: 'onnx', loads: true }, {}, {}, {}, {}] });
  });

  it('tries an engine from the command line in its own process', async () => {
    const root = join(import.meta.dirname, '../../..');
    const tsx = join(dirname(createRequire(import.meta.url).resolve('tsx/package.json')), 'dist/cli.mjs');
    const { stdout } = await promisify(execFile)(process.execPath, [tsx, join(root, 'src/host/main.ts'), 'doctor', '--engine', 'wasm', '--json']);
    const probed = JSON.parse(stdout) as EngineReport;
    expect(probed).toMatchObject({ kind: 'wasm', device: 'cpu', loads: true, reason: expect.stringContaining('asked for') });
    expect(probed.gigaflops).toBeGreaterThan(0);
  });
});

describe('advise', () => {
  it('is silent where all is well', () => {
    expect(advise(report)).toEqual([]);
  });

  it.each<[string, Partial<DoctorReport>, RegExp]>([
    ['an old Node', { machine: { ...report.machine, node: '18.20.0' } }, /Install Node 20 or newer/],
    ['a package that does not load', { packages: [{ name: 'sharp', purpose: 'reads slides', problem: 'no binary' }] }, /sharp \(reads slides\) does not load: no binary/],
    ['no engine', { engines: [missing] }, /nothing can be trained/],
    ['no embedded engine', { engines: [{ ...onnx, loads: false, problem: 'no binary.' }, { ...onnx, kind: 'wasm' }] }, /until then the wasm engine/],
    ['a GPU that nothing uses', { gpus: ['NVIDIA T4'] }, /tfjs-node-gpu/],
    ['slow engines', { engines: [{ ...onnx, gigaflops: 2 }] }, /slow/],
    ['little memory', { machine: { ...report.machine, memory: { total: 1024 ** 3, free: 0 } } }, /1\.0 GB of memory/],
    ['a full disk', { machine: { ...report.machine, disk: { folder: 'here', free: 1024 } } }, /1\.0 kB are free in here/],
  ])('knows what to do about %s', (_, part, advice) => {
    expect(advise({ ...report, ...part }).join('\n')).toMatch(advice);
  });
});

describe('renderDoctor', () => {
  it('shows the machine, the engines with their speed, why one is missing and what to do', () => {
    const text = renderDoctor({ ...report, advice: ['Do this.'] });
    for (const part of ['20.1.0, linux-x64', 'a CPU, 2 cores', '8.0 GB, 4.0 GB free', '120 GFLOP/s', '1.30.0', 'OpenSlide is not installed. It reads MIRAX', '2.5.0 (libopenjp2.so.7)', 'not there', 'tensorflow (any): @tensorflow/tfjs-node is not installed. Install it.', 'takes onnx here: the fastest', '- Do this.']) expect(text).toContain(part);
    expect(renderDoctor({ ...report, advice: [] })).toContain('All is well.');
  });
});

describe('measureSpeed', () => {
  it('is the work of a run over its median time, after a first run that does not count', async () => {
    await tf.setBackend('cpu');
    const engine = createEagerEngine({ kind: 'cpu', version: '', threads: 1, device: 'cpu', reason: '' });
    const quick = { ...engine, compile: () => ({ run: async () => ({ scale: { data: Float32Array.of(1), shape: [] } }), dispose: () => undefined }) };
    // A clock on which the first run takes a second and every later one 100 ms.
    const times = [0, 0, 1000, 1000, 1100, 1100, 1200];
    const speed = await measureSpeed(quick, 1, () => times.shift() ?? 9000);
    expect(speed).toBeCloseTo((2 * 4 * 4096 * 512 * 512) / 100e6, 6);
  });

  it('refuses an engine whose numbers are wrong', async () => {
    const engine = createEagerEngine({ kind: 'cpu', version: '', threads: 1, device: 'cpu', reason: '' });
    const broken = { ...engine, compile: () => ({ run: async () => ({ scale: { data: Float32Array.of(NaN), shape: [] } }), dispose: () => undefined }) };
    await expect(measureSpeed(broken, 1)).rejects.toThrow('not finite');
  });
});
