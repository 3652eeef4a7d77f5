import { print } from '../terminal/print.js';
import { command, type CommandMaker } from './command.js';

/** `mil info SLIDE` */
export const infoCommand: CommandMaker = () =>
  command('info', 'Say what a slide is: format, size, levels, resolution.', ['mil info slides/007.svs', 'mil info slides/007.svs --json'])
    .argument('<slide>', 'slide file')
    .option('--json', 'print JSON')
    .action(async (path: string, { json }: { json?: boolean }) => {
      const { slideInfo } = await import('../../slides/info.js');
      const info = await slideInfo(path);
      if (json) return print(JSON.stringify(info, undefined, 2));
      print(`${info.path}: ${info.format}, ${info.width} × ${info.height} px`);
      print(`  scanner           ${info.vendor ?? 'not said by the file'}`);
      if (info.compression !== null) print(`  compression       ${info.compression}${info.icc ? ', with a colour profile (noted, not applied)' : ''}`);
      print(`  resolution        ${info.mpp ? `${info.mpp.x} × ${info.mpp.y} µm/px` : 'not said by the file; give it in the mpp column of the cohort table'}`);
      print(`  objective         ${info.objectivePower === null ? 'not said by the file' : `${info.objectivePower}×`}`);
      for (const [level, { width, height, downsample }] of info.levels.entries()) print(`  level ${level}           ${width} × ${height} px, 1/${Number(downsample.toFixed(3))}`);
      if (info.associatedImages.length > 0) print(`  other images      ${info.associatedImages.join(', ')}`);
    });
