import { availableParallelism } from 'node:os';
import { openEngine, type Engine, type EngineKind } from '../../engine/index.js';
import { HardmineError, messageOf } from '../../shared/errors.js';
import type { EngineReport } from './report.js';
import { measureSpeed } from './speed.js';

/** An engine to try. The device is for onnx to obey: the others compute where they can. */
export interface Target {
  readonly kind: EngineKind | 'auto';
  readonly device: string;
}

const remedies: Readonly<Record<string, string>> = {
  webgpu: 'It needs a GPU with its driver and, on Linux, the Vulkan loader (Debian: `apt-get install libvulkan1`).',
  cuda: 'It needs an NVIDIA GPU and the CUDA libraries of onnxruntime-node, which its own installer downloads: `npm rebuild onnxruntime-node --onnxruntime-node-install=cuda12`.',
};

/** Opens an engine, computes with it for about `seconds` and closes it. What fails is in the report. */
export async function probeEngine(target: Target, seconds = 2): Promise<EngineReport> {
  let engine: Engine | undefined;
  try {
    engine = await open(target);
    const { kind, version, threads, device, reason } = engine.info;
    return { kind, device, loads: true, version, threads, reason, gigaflops: await measureSpeed(engine, seconds) };
  } catch (error) {
    const problem = error instanceof HardmineError ? error.what : lastSentence(messageOf(error));
    return { ...target, loads: false, problem, remedy: error instanceof HardmineError ? error.remedy : remedies[target.device] };
  } finally {
    engine?.dispose();
  }
}

async function open({ kind, device }: Target): Promise<Engine> {
  if (kind !== 'onnx') return openEngine({ kind, threads: 0 });
  const { createOnnxEngine } = await import('../../engine/onnx/index.js');
  return createOnnxEngine({ threads: availableParallelism(), reason: 'asked for', device });
}

/** onnxruntime names the line of its source before it says what is wrong. */
function lastSentence(text: string): string {
  const sentence = text.split('\n', 1)[0]!.split('. ').at(-1)!;
  return sentence.endsWith('.') ? sentence : `${sentence}.`;
}
