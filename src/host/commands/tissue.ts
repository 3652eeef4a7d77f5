import { Option } from 'commander';
import { HardmineError } from '../../shared/errors.js';
import { tilingSchema } from '../../shared/experiment/data.js';
import type { Annotations } from '../../slides/tissue/annotations.js';
import { print } from '../terminal/print.js';
import { anyNumber, command, positiveNumber, type CommandMaker } from './command.js';

interface TissueCommandOptions extends DrawnOptions {
  readonly method: string;
  readonly saturation?: number;
  readonly brightness?: number;
  readonly mpp: number;
  readonly minArea: number;
  readonly maxHole?: number;
  readonly rejectPen?: boolean;
  readonly rejectBlur?: boolean;
  readonly slideMpp?: number;
  readonly out?: string;
  readonly json?: boolean;
}

/** What a person drew, in files of their own. */
interface DrawnOptions {
  readonly annotations?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly mask?: string;
}

/** `mil tissue SLIDE` */
export const tissueCommand: CommandMaker = () => {
  const { tissue: defaults } = tilingSchema.parse({});
  return command('tissue', 'Find the tissue of a slide, its pen marks, focus and staining.', [
    'mil tissue slides/007.svs',
    'mil tissue slides/007.svs --reject-pen --out 007.geojson --json',
    'mil tissue slides/007.svs --method fixed --saturation 0.1 --min-area 50000',
    'mil tissue slides/007.svs --annotations 007.geojson --include Tumor Stroma --exclude Fold',
    'mil tissue slides/007.svs --method none --mask 007.png',
  ])
    .argument('<slide>', 'slide file')
    .addOption(new Option('--method <name>', 'how tissue is told from glass').choices(['otsu', 'otsu-density', 'fixed', 'none']).default(defaults.method))
    .option('--saturation <s>', 'method fixed: tissue is more saturated than this, 0–1', anyNumber)
    .option('--brightness <b>', 'method fixed: and no brighter than this, 0–1', anyNumber)
    .option('--mpp <mpp>', 'resolution at which it is looked for, µm/px', positiveNumber, defaults.mpp)
    .option('--min-area <µm²>', 'specks smaller than this are dropped', anyNumber, defaults.minArea)
    .option('--max-hole <µm²>', 'closed holes smaller than this are filled (default: as --min-area)', anyNumber)
    .option('--reject-pen', 'pen marks are no tissue')
    .option('--reject-blur', 'fields out of focus are no tissue')
    .option('--annotations <file>', 'GeoJSON of areas drawn by hand (QuPath), level-0 pixels')
    .option('--include <class...>', 'their classes outside of which nothing is tissue')
    .option('--exclude <class...>', 'their classes inside of which nothing is tissue')
    .option('--mask <file>', 'PNG or TIFF of the whole slide, at any resolution: black is no tissue')
    .option('--slide-mpp <mpp>', 'resolution of level 0, where the file does not say it', positiveNumber)
    .option('--out <file>', 'write outlines as GeoJSON annotations (QuPath), level-0 pixels')
    .option('--json', 'print JSON')
    .action(async (path: string, { slideMpp, out, json, annotations, include, exclude, mask, saturation, brightness, ...chosen }: TissueCommandOptions) => {
      if (chosen.method !== 'fixed' && (saturation !== undefined || brightness !== undefined)) throw new HardmineError('usage', `Method ${chosen.method} finds its threshold itself.`, { remedy: 'Give --method fixed with --saturation and --brightness.' });
      const { slideTissue } = await import('../../slides/tissue/report.js');
      const { data, error } = tilingSchema.safeParse({ tissue: { ...chosen, fixed: { saturation, brightness } } });
      if (error) throw new HardmineError('usage', error.issues.map((issue) => `${issue.path.at(-1)?.toString() ?? 'option'}: ${issue.message}`).join('; '), { remedy: 'See mil tissue --help.' });
      const { tissue, outlines } = await slideTissue(path, { ...data.tissue, ...(slideMpp === undefined ? {} : { slideMpp }) }, await drawn({ annotations, include, exclude, mask }));
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

async function drawn({ annotations, include = [], exclude = [], mask }: DrawnOptions): Promise<Annotations> {
  const classes = include.length + exclude.length;
  if ((annotations === undefined) !== (classes === 0)) {
    throw new HardmineError('usage', annotations === undefined ? 'Classes of which annotations?' : 'Which classes of the annotations count?', { remedy: 'Give --annotations FILE with --include CLASS, --exclude CLASS, or both.' });
  }
  const { readPolygons } = await import('../../cohort/truth/geojson.js');
  const polygons = (names: readonly string[]) => (annotations === undefined ? [] : readPolygons(annotations, names, 'annotations-invalid'));
  return { ...(include.length > 0 && { include: polygons(include) }), exclude: polygons(exclude), ...(mask !== undefined && { mask }) };
}
