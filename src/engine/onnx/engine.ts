import type { Engine, EngineInfo } from '../contract.js';
import { probeChannelBlock } from './channel-block.js';
import { plainConvolving } from './kernels/kernel.js';
import { OnnxParameters } from './parameters.js';
import { OnnxProgram } from './program.js';
import { loadOnnxRuntime } from './session.js';

export interface OnnxEngineOptions {
  /** CPU threads of every program; part of what makes a run repeatable. */
  readonly threads: number;
  /** Why this engine was chosen, for the log. */
  readonly reason: string;
  /** `cpu` (default), `webgpu` or `cuda`. */
  readonly device?: string;
}

/**
 * The engine that traces each program once into an ONNX graph (see trace/) and runs it on onnxruntime-node.
 * @throws HardmineError `engine-unavailable` where the package does not load; compile throws `kernel-unmapped`.
 */
export async function createOnnxEngine({ threads, reason, device = 'cpu' }: OnnxEngineOptions): Promise<Engine> {
  const runtime = await loadOnnxRuntime();
  const convolving = device === 'cpu' ? { channelBlock: await probeChannelBlock(runtime), onCpu: true } : plainConvolving;
  const settings = { threads, device, convolving };
  const info: EngineInfo = { kind: 'onnx', version: runtime.env.versions.node ?? runtime.env.versions.common, threads, device, reason };
  let last: Promise<unknown> = Promise.resolve();
  // Programs share parameters: a run must see all of the update before it.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
  return {
    info,
    parameters: (values) => new OnnxParameters(runtime, values),
    compile: (spec) => new OnnxProgram(runtime, settings, spec, inTurn),
    dispose: () => undefined,
  };
}
