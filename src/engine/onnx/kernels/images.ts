import type { Graph } from '../graph/graph.js';
import { inOrder, permute, plain } from '../values/layout.js';
import type { StoredValue, Value } from '../values/value.js';

/** A batch of images (N, H, W, C) as the name of a tensor (N, C, H, W), which is how ONNX convolves. */
export function channelsFirst(g: Graph, value: Value): string {
  return plain(g, permute(g, value, [0, 3, 1, 2]));
}

/** The reverse: the body sees (N, H, W, C), the tensor stays (N, C, H, W). */
export function fromChannelsFirst(name: string, [n, c, h, w]: readonly [number, number, number, number]): StoredValue {
  return inOrder(name, [n, c, h, w], [0, 2, 3, 1], [n, h, w, c], 'float32');
}
