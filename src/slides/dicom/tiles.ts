import { decodeTiles } from '../pixels/codecs/index.js';
import type { TilePlace, TileReader } from '../pixels/tiles.js';
import { codecOf, interleaved } from './codec.js';
import { DicomFrames } from './frames.js';
import type { DicomInstance } from './instance.js';
import type { DicomLevel } from './level.js';
import { closeAll } from './series.js';

/** The frames of DICOM levels as tiles. */
export class DicomTiles implements TileReader {
  readonly tiles: readonly { readonly width: number; readonly height: number }[];
  private readonly frames = new Map<DicomInstance, DicomFrames>();

  /** @param instances all of the slide, closed with it. */
  constructor(
    private readonly levels: readonly DicomLevel[],
    private readonly instances: readonly DicomInstance[],
  ) {
    this.tiles = levels.map(({ tileWidth, tileHeight }) => ({ width: tileWidth, height: tileHeight }));
  }

  async readTiles(index: number, places: readonly TilePlace[]): Promise<readonly (Uint8Array | undefined)[]> {
    const level = this.levels[index];
    const tiles = new Array<Uint8Array | undefined>(places.length);
    let first = 0;
    for (const part of level.parts) {
      const wanted = places.flatMap((place, position) => {
        const frame = level.frameAt(place);
        return frame !== undefined && frame >= first && frame < first + part.frames ? [{ position, frame: frame - first }] : [];
      });
      first += part.frames;
      if (wanted.length === 0) continue;
      const decoded = await this.decode(part, wanted.map(({ frame }) => frame));
      wanted.forEach(({ position }, i) => (tiles[position] = decoded[i]));
    }
    return tiles;
  }

  close(): Promise<void> {
    return closeAll(this.instances);
  }

  private async decode(part: DicomInstance, frames: readonly number[]): Promise<Uint8Array[]> {
    const bytes = await this.framesOf(part).read(frames);
    const codec = codecOf(part, bytes[0]);
    return decodeTiles(codec, codec.kind === 'none' && part.planar ? bytes.map(interleaved) : bytes);
  }

  private framesOf(part: DicomInstance): DicomFrames {
    const known = this.frames.get(part);
    if (known) return known;
    const frames = new DicomFrames(part.file, part.header, part.frames, compressed(part) ? undefined : part.tileWidth * part.tileHeight * 3);
    this.frames.set(part, frames);
    return frames;
  }
}

function compressed({ header }: DicomInstance): boolean {
  return header.transferSyntax.startsWith('1.2.840.10008.1.2.4.');
}
