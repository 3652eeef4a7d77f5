import { tilingSchema } from '../../shared/experiment/data.js';
import { formatBytes } from '../../shared/units.js';
import { print } from '../terminal/print.js';
import { command, positiveNumber, wholeNumber, type CommandMaker } from './command.js';

interface TilesOptions {
  readonly mpp: number;
  readonly size: number;
  readonly overlap: number;
  readonly slideMpp?: number;
  readonly time?: boolean;
  readonly json?: boolean;
}

/** `mil tiles SLIDE` */
export const tilesCommand: CommandMaker = () =>
  command('tiles', 'List the patches of a slide that hold tissue, in level-0 pixels.', ['mil tiles slides/007.svs --mpp 0.5 --size 224', 'mil tiles slides/007.svs --mpp 0.5 --size 224 --json'])
    .argument('<slide>', 'slide file')
    .requiredOption('--mpp <mpp>', 'resolution of the patches, µm/px', positiveNumber)
    .requiredOption('--size <px>', 'edge of a patch at that resolution', wholeNumber(1))
    .option('--overlap <px>', 'overlap of neighbours at that resolution', wholeNumber(0), 0)
    .option('--slide-mpp <mpp>', 'resolution of level 0, where the file does not say it', positiveNumber)
    .option('--time', 'read every patch, and say how fast that was and how much memory it took')
    .option('--json', 'print JSON')
    .action(async (path: string, { mpp, size, overlap, slideMpp, time, json }: TilesOptions) => {
      const { slideTiles } = await import('../../slides/info.js');
      const tiling = tilingSchema.parse({ mpp, size, overlap });
      const tiles = await slideTiles(path, { ...tiling, ...(slideMpp === undefined ? {} : { slideMpp }), ...(time && { time }) });
      if (json) return print(JSON.stringify(tiles, undefined, 2));
      print(`${tiles.count} patches of ${tiles.size} px at ${tiles.mpp} µm/px (${Number(tiles.size0.toFixed(3))} level-0 px)`);
      if (tiles.message) print(tiles.message);
      if (tiles.timing) return print(`read in ${tiles.timing.seconds.toFixed(2)} s: ${tiles.timing.tilesPerSecond.toFixed(0)} patches/s, at most ${formatBytes(tiles.timing.peakMemory)} of memory`);
      for (const { x, y, tissue: share } of tiles.tiles) print(`${x}\t${y}\t${share}`);
    });
