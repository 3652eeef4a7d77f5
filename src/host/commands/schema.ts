import { join } from 'node:path';
import { editorSchema } from '../../language/editor-schema.js';
import { replaceJson } from '../../shared/files.js';
import { experimentJsonSchema } from '../../shared/experiment/index.js';
import { print } from '../terminal/print.js';
import { command, type CommandMaker } from './command.js';

/** `mil schema` */
export const schemaCommand: CommandMaker = () =>
  command('schema', 'Print the JSON Schema of experiment files, for editors and other programs.', ['mil schema > experiment.schema.json', 'mil schema --out dist'])
    .option('--out <dir>', 'write it into this folder as experiment.schema.json, and beside it experiment.editor.schema.json, which completes and explains but leaves judging to "mil check"')
    .action(({ out }: { out?: string }) => {
      if (out === undefined) return print(JSON.stringify(experimentJsonSchema(), undefined, 2));
      replaceJson(join(out, 'experiment.schema.json'), experimentJsonSchema());
      replaceJson(join(out, 'experiment.editor.schema.json'), editorSchema());
    });
