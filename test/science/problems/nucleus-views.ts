import { stain } from '../../../src/encoders/augment/stain.js';
import type { HostTensor } from '../../../src/engine/contract.js';
import type { Random } from '../../../src/shared/random.js';
import { channels, edge, instanceSize } from './nuclei.js';
import type { Bag } from './problem.js';

export interface NucleusViews {
  /** Nuclei that one step sees of a bag, drawn anew each time; all where there are fewer. */
  readonly nuclei: number;
  /** ± share by which the amount of each stain varies. */
  readonly stain: number;
}

/** A bag as a training step sees it: a draw of its nuclei, each in one of eight positions and with stains of its own. */
export function viewOf({ instances }: Bag, views: NucleusViews, random: Random): HostTensor {
  const all = Array.from({ length: instances.length / instanceSize }, (_, i) => i);
  const drawn = all.length > views.nuclei ? random.shuffle(all).slice(0, views.nuclei) : all;
  const data = new Float32Array(drawn.length * instanceSize);
  drawn.forEach((nucleus, i) => {
    const from = instances.subarray(nucleus * instanceSize);
    const into = data.subarray(i * instanceSize, (i + 1) * instanceSize);
    const position = positions[random.integer(positions.length)]!;
    for (let value = 0; value < instanceSize; value++) into[value] = (from[position[value]!]! + 1) * 127.5;
    stain(into, views.stain, random);
    for (let value = 0; value < instanceSize; value++) into[value] = into[value]! / 127.5 - 1;
  });
  return { data, shape: [drawn.length, instanceSize] };
}

/** Where each value of a turned or mirrored square comes from: four quarter turns, mirrored or not. */
const positions = [false, true].flatMap((mirrored) => [0, 1, 2, 3].map((turns) => sourceOf(mirrored, turns)));

function sourceOf(mirrored: boolean, turns: number): Int32Array {
  const source = new Int32Array(instanceSize);
  for (let row = 0, value = 0; row < edge; row++) {
    for (let column = 0; column < edge; column++) {
      let [r, c] = [row, mirrored ? edge - 1 - column : column];
      for (let turn = 0; turn < turns; turn++) [r, c] = [c, edge - 1 - r];
      for (let channel = 0; channel < channels; channel++) source[value++] = (r * edge + c) * channels + channel;
    }
  }
  return source;
}
