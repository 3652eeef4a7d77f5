import { encodeModel } from './format/model.js';
import { runSession, sessionOptions, type OnnxRuntime } from './session.js';

/** More than any block has. */
const CHANNELS = 64;

/**
 * How many channels lie together in onnxruntime's own layout for convolutions on this processor (8 with AVX2, 16 with
 * AVX-512), found by looking where it puts them; 0 where it has no such layout.
 */
export async function probeChannelBlock(runtime: OnnxRuntime): Promise<number> {
  const shape = [1, CHANNELS, 1, 2];
  const port = (name: string) => ({ name, type: 'float32', shape }) as const;
  const node = { op: 'ReorderInput', inputs: ['image'], outputs: ['blocked'], attributes: {}, domain: 'com.microsoft.nchwc' };
  const model = encodeModel({ nodes: [node], inputs: [port('image')], outputs: [port('blocked')], constants: new Map() }, 'channel block');
  try {
    const session = await runtime.InferenceSession.create(model, sessionOptions({ threads: 1, device: 'cpu' }));
    const image = new runtime.Tensor('float32', Float32Array.from({ length: 2 * CHANNELS }, (_, i) => i), shape);
    const { blocked } = await runSession(session, { image }, { blocked: null });
    await session.release();
    // The second pixel of the first channel comes after the first pixels of its block.
    return (blocked!.data as Float32Array).indexOf(1);
  } catch {
    return 0;
  }
}
