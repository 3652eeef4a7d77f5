import { advise } from './advice.js';
import { listNvidiaGpus } from './gpus.js';
import { describeMachine } from './machine.js';
import { describeOpenJpeg, describeOpenSlide } from './libraries.js';
import { describePackages } from './packages.js';
import { probeInProcess } from './probe-process.js';
import type { Target } from './probe.js';
import type { DoctorReport, EngineReport } from './report.js';

export { probeEngine, type Target } from './probe.js';
export { renderDoctor, renderEngine } from './render.js';
export type { DoctorReport, EngineReport } from './report.js';

const targets: readonly Target[] = [
  { kind: 'onnx', device: 'cpu' },
  { kind: 'onnx', device: 'webgpu' },
  { kind: 'onnx', device: 'cuda' },
  { kind: 'tensorflow', device: 'any' },
  { kind: 'wasm', device: 'cpu' },
];

/**
 * What loads on this machine, how fast each engine is, and what to do where something is missing.
 * The engines are tried one after the other, each in a process of its own, two seconds each.
 */
export async function runDoctor(probe: (target: Target) => Promise<EngineReport> = probeInProcess): Promise<DoctorReport> {
  const [packages, openslide, openjpeg, gpus] = await Promise.all([describePackages(), describeOpenSlide(), describeOpenJpeg(), listNvidiaGpus()]);
  const engines: EngineReport[] = [];
  for (const target of targets) engines.push(await probe(target));
  const found = { machine: describeMachine(process.cwd()), packages, openslide, openjpeg, gpus, engines };
  return { ...found, auto: await probe({ kind: 'auto', device: 'any' }), advice: advise(found) };
}
