import { Option } from 'commander';
import { HardmineError } from '../../shared/errors.js';
import { print } from '../terminal/print.js';
import { anyNumber, command, positiveNumber, wholeNumber, type CommandMaker } from './command.js';

interface ReadOptions {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly level?: number;
  readonly mpp?: number;
  readonly slideMpp?: number;
  readonly out: string;
}

/** `mil read SLIDE` */
export const readCommand: CommandMaker = () =>
  command('read', 'Write a region of a slide as PNG.', ['mil read slides/007.svs --x 12000 --y 8000 --width 1024 --height 768 --level 1 --out region.png', 'mil read slides/007.svs --x 12000 --y 8000 --width 224 --height 224 --mpp 0.5 --out patch.png'])
    .argument('<slide>', 'slide file')
    .requiredOption('--x <px>', 'left edge, level-0 pixels; may lie beyond the slide', anyNumber)
    .requiredOption('--y <px>', 'top edge, level-0 pixels', anyNumber)
    .requiredOption('--width <px>', 'width of the picture, pixels of the level or resolution', wholeNumber(1))
    .requiredOption('--height <px>', 'height of the picture', wholeNumber(1))
    .addOption(new Option('--level <n>', 'level to read, 0 the finest').argParser(wholeNumber(0)).conflicts('mpp'))
    .option('--mpp <mpp>', 'resolution to read at, µm/px, in place of a level', positiveNumber)
    .option('--slide-mpp <mpp>', 'resolution of level 0, where the file does not say it', positiveNumber)
    .requiredOption('--out <file>', 'PNG file')
    .action(async (path: string, { level, mpp, slideMpp, out, ...place }: ReadOptions) => {
      if (level === undefined && mpp === undefined) throw new HardmineError('usage', 'At which resolution?', { remedy: 'Give --level or --mpp.' });
      const { saveRegion } = await import('../../slides/region-file.js');
      await saveRegion(path, { ...place, resolution: mpp === undefined ? { level: level! } : { mpp, ...(slideMpp !== undefined && { slideMpp }) } }, out);
      print(`${out}: ${place.width} × ${place.height} px`);
    });
