import { formatBytes } from '../../shared/units.js';
import type { DoctorReport } from './report.js';

const oldestNode = 20;
const enoughMemory = 4 * 1024 ** 3;
const enoughDisk = 5 * 1024 ** 3;
/** Below it the embedded engine is slower than any recent laptop core. */
const slow = 10;

/** What a person should do about a report, the most pressing first. */
export function advise({ machine, packages, gpus, engines }: Omit<DoctorReport, 'advice' | 'auto'>): string[] {
  const advice: string[] = [];
  if (Number.parseInt(machine.node) < oldestNode) advice.push(`Install Node ${oldestNode} or newer: this is ${machine.node}.`);
  for (const { name, purpose, problem } of packages) if (problem) advice.push(`${name} (${purpose}) does not load: ${problem} Run \`npm install\` again on this machine: its binaries are made for one platform.`);
  const working = engines.filter(({ loads }) => loads);
  const onnx = engines.find(({ kind, device }) => kind === 'onnx' && device === 'cpu');
  if (working.length === 0) advice.push('No engine loads, so nothing can be trained: run `npm install` again.');
  else if (onnx && !onnx.loads) advice.push(`The embedded onnx engine does not load (${onnx.problem}) Run \`npm install\` again; until then the wasm engine is used, several times slower.`);
  if (gpus.length > 0 && !working.some(({ device }) => device !== 'cpu')) {
    advice.push('There is an NVIDIA GPU that no engine reaches. For the tensorflow engine run `npm install @tensorflow/tfjs-node-gpu` where you train (CUDA 11.2, cuDNN 8.1); for WebGPU install the Vulkan loader (Debian: `apt-get install libvulkan1`).');
  }
  if (working.length > 0 && working.every(({ gigaflops = 0 }) => gigaflops < slow)) advice.push('Every engine is slow here just now: see whether something else takes the cores, or whether a container limits them.');
  if (machine.memory.total < enoughMemory) advice.push(`Only ${formatBytes(machine.memory.total)} of memory: keep batches small; ${formatBytes(enoughMemory)} is comfortable.`);
  if (machine.disk.free < enoughDisk) advice.push(`Only ${formatBytes(machine.disk.free)} are free in ${machine.disk.folder}: the cache of features and tiles grows with the cohort.`);
  return advice;
}
