import { tilingSchema } from '../../shared/experiment/data.js';
import { print } from '../terminal/print.js';
import { command, positiveNumber, wholeNumber, type CommandMaker } from './command.js';

interface TilesOptions {
  readonly mpp: number;
  readonly size: number;
  readonly overlap: number;
  readonly slideMpp?: number;
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
    .option('--json', 'print JSON')
    .action(async (path: string, { mpp, size, overlap, slideMpp, json }: TilesOptions) => {
      const { slideTiles } = await import('../../slides/info.js');
      const { tissue } = tilingSchema.parse({});
      const tiles = await slideTiles(path, { mpp, size, overlap, tissue, ...(slideMpp === undefined ? {} : { slideMpp }) });
      if (json) return print(JSON.stringify(tiles, undefined, 2));
      print(`${tiles.count} patches of ${tiles.size} px at ${tiles.mpp} µm/px (${Number(tiles.size0.toFixed(3))} level-0 px)`);
      if (tiles.message) print(tiles.message);
      for (const { x, y, tissue: share } of tiles.tiles) print(`${x}\t${y}\t${share}`);
    });
