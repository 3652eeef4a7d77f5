import { Option } from 'commander';
import { tilingSchema } from '../../shared/experiment/data.js';
import { print } from '../terminal/print.js';
import { command, positiveNumber, type CommandMaker } from './command.js';

interface TissueCommandOptions {
  readonly method: string;
  readonly mpp: number;
  readonly rejectPen?: boolean;
  readonly rejectBlur?: boolean;
  readonly slideMpp?: number;
  readonly out?: string;
  readonly json?: boolean;
}

/** `mil tissue SLIDE` */
export const tissueCommand: CommandMaker = () => {
  const { tissue: defaults } = tilingSchema.parse({});
  return command('tissue', 'Find the tissue of a slide, its pen marks, focus and staining.', ['mil tissue slides/007.svs', 'mil tissue slides/007.svs --reject-pen --out 007.geojson --json'])
    .argument('<slide>', 'slide file')
    .addOption(new Option('--method <name>', 'how tissue is told from glass').choices(['otsu', 'otsu-density', 'fixed', 'none']).default(defaults.method))
    .option('--mpp <mpp>', 'resolution at which it is looked for, µm/px', positiveNumber, defaults.mpp)
    .option('--reject-pen', 'pen marks are no tissue')
    .option('--reject-blur', 'fields out of focus are no tissue')
    .option('--slide-mpp <mpp>', 'resolution of level 0, where the file does not say it', positiveNumber)
    .option('--out <file>', 'write outlines as GeoJSON annotations (QuPath), level-0 pixels')
    .option('--json', 'print JSON')
    .action(async (path: string, { slideMpp, out, json, ...chosen }: TissueCommandOptions) => {
      const { slideTissue } = await import('../../slides/tissue/report.js');
      const options = tilingSchema.parse({ tissue: chosen }).tissue;
      const { tissue, outlines } = await slideTissue(path, { ...options, ...(slideMpp === undefined ? {} : { slideMpp }) });
      if (out !== undefined) {
        const { replaceJson } = await import('../../shared/files.js');
        replaceJson(out, outlines);
      }
      if (json) return print(JSON.stringify(tissue, undefined, 2));
      const { quality: { tissue: found, pen, focus, stain } } = tissue;
      const percent = (share: number): string => `${Number((100 * share).toFixed(1))} %`;
      print(`${path}: ${found.area} mm² of tissue, ${percent(found.share)} of the slide, in ${tissue.areas} ${tissue.areas === 1 ? 'area' : 'areas'}`);
      print(`  pen marks         ${pen.share === 0 ? 'none' : `${percent(pen.share)} of the slide (${Object.entries(pen.areas).map(([colour, area]) => `${colour} ${area} mm²`).join(', ')})`}`);
      print(`  out of focus      ${focus === null ? 'the slide is too coarse to tell' : `${percent(focus.blurred)} of ${focus.fields} fields`}`);
      print(`  staining          haematoxylin ${stain.haematoxylin}, eosin ${stain.eosin} (optical density); glass ${stain.glass.join(', ')}`);
    });
};
