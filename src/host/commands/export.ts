import { Option } from 'commander';
import { relative, resolve } from 'node:path';
import { HardmineError, messageOf } from '../../shared/errors.js';
import { colorScales, measures } from '../../shared/rpc/views/slide.js';
import type { Slide } from '../../slides/contract.js';
import type { HeatmapOptions } from '../export/heatmap.js';
import type { RunSlide } from '../serve/run-material.js';
import { note, print } from '../terminal/print.js';
import { command, positiveNumber, wholeNumber, type CommandMaker } from './command.js';

interface ExportOptions extends HeatmapOptions {
  readonly geojson?: string;
  readonly heatmap?: string;
  readonly round?: number;
}

/** `mil export RUN SLIDE` */
export const exportCommand: CommandMaker = () =>
  command('export', 'Write what a run says of a slide for other programs: patches as QuPath GeoJSON, a heatmap as PNG or OME-TIFF.', [
    'mil export .mil/runs/20261122-091503-colon 007 --geojson 007.geojson',
    'mil export .mil/runs/20261122-091503-colon 007 --heatmap 007.png --measure attention',
    'mil export .mil/runs/20261122-091503-colon 007 --heatmap 007.ome.tif --level 2 --scale absolute',
  ])
    .argument('<run>', 'run folder')
    .argument('<slide>', 'id of the slide in the cohort table')
    .option('--geojson <file>', 'patches with score, attention, rank, round and role, and the tissue')
    .option('--heatmap <file>', '.png: a picture; .tif: values with their place')
    .addOption(new Option('--measure <name>', 'what the heatmap shows').choices(measures.filter((name) => name !== 'none')).default('score'))
    .addOption(new Option('--scale <name>', 'by its place among the patches of the slide, or by itself').choices([...colorScales]).default('percentile'))
    .option('--level <n>', 'level of the slide the heatmap has the size of', wholeNumber(0))
    .addOption(new Option('--downsample <n>', 'level-0 pixels a pixel of the heatmap spans (default: at most 4096 pixels an edge)').argParser(positiveNumber).conflicts('level'))
    .option('--round <n>', 'whose scores (default: the selected round, or the newest)', wholeNumber(1))
    .action(async (run: string, id: string, { geojson, heatmap, round, ...options }: ExportOptions) => {
      if (geojson === undefined && heatmap === undefined) throw new HardmineError('usage', 'Say what to export.', { remedy: 'Give --geojson FILE, --heatmap FILE, or both.' });
      const [{ slideScores }, { exportQupath }, { exportHeatmap }, { openSlide }] = await Promise.all([import('../export/slide-scores.js'), import('../export/annotations.js'), import('../export/heatmap.js'), import('../../slides/open.js')]);
      const scores = await slideScores(resolve(run), id, round);
      const { slide, problem } = await opened(scores.row, openSlide);
      try {
        if (geojson !== undefined) {
          if (!slide) note(`Without the tissue: ${messageOf(problem)}`);
          await exportQupath(geojson, scores, slide);
          print(relative('', geojson));
        }
        if (heatmap !== undefined) {
          if (!slide) throw problem;
          const { width, height, scaleX } = await exportHeatmap(heatmap, scores, slide, options);
          print(`${relative('', heatmap)}: ${width} × ${height} pixels, 1/${Number(scaleX.toFixed(3))} of level 0, ${options.measure} of round ${scores.round}`);
        }
      } finally {
        await slide?.close();
      }
    });

/** The slide, or why it cannot be opened: its patches can be exported without it. */
async function opened({ id, path }: RunSlide, open: (path: string) => Promise<Slide>): Promise<{ readonly slide?: Slide; readonly problem?: unknown }> {
  if (path === '') return { problem: new HardmineError('slide-missing', 'The cohort table names no file for this slide.', { place: { slide: id }, remedy: 'Add a path column.' }) };
  return open(path).then((slide) => ({ slide }), (problem: unknown) => ({ problem }));
}
