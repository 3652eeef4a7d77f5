import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** A read at a level, placed in level-0 pixels, as OpenSlide takes it. */
export interface PeerRead {
  readonly path: string;
  readonly x: number;
  readonly y: number;
  readonly level: number;
  readonly width: number;
  readonly height: number;
  /** Width and height to which Pillow, no code of ours, brings the region. */
  readonly resampled?: readonly [number, number];
}

/** A Python that has OpenSlide and NumPy; undefined where none has: tests then skip. */
export const peerPython = ['/usr/bin/python3', 'python3'].find((python) => spawnSync(python, ['-c', 'import openslide, numpy, PIL']).status === 0);

/** What python3-openslide reads; RGB, white where nothing lies. */
export function readWithPeer(reads: readonly PeerRead[]): Buffer[] {
  const all = execFileSync(peerPython!, [join(import.meta.dirname, 'peer.py')], { input: JSON.stringify(reads), maxBuffer: 2 ** 30 });
  let start = 0;
  return reads.map(({ width, height, resampled = [width, height] }) => all.subarray(start, (start += resampled[0] * resampled[1] * 3)));
}
