import { dirname, join, relative, resolve } from 'node:path';
import { forbids, readExperimentFile, usableExperiment } from '../experiment-file.js';
import { exitCodes, renderDiagnostic } from '../terminal/failure.js';
import { note, print } from '../terminal/print.js';
import { command, type CommandMaker } from './command.js';

interface EmbedOptions {
  readonly out: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

/** `mil embed FILE` */
export const embedCommand: CommandMaker = (exit) =>
  command('embed', 'Extract the features of a cohort with the encoder of an experiment, a store a slide, as CLAM lays them out.', ['mil embed colon.mil.json --out features', 'mil embed colon.mil.json --out features --json | jq .failed'])
    .argument('<file>', 'experiment file with an ONNX encoder, or a ResNet with weights')
    .requiredOption('--out <dir>', 'folder for h5_files/ and patches/; stores that are there are not made again')
    .option('--overwrite', 'replace stores that were made of other slides, tiling or by another encoder')
    .option('--json', 'print one JSON object at the end')
    .action(async (file: string, { out, overwrite = false, json }: EmbedOptions) => {
      const experiment = usableExperiment(readExperimentFile(file));
      const folder = resolve(dirname(file));
      const [{ readCohort }, { openEngine }, { frozenEncoder }, { embedCohort }, { Pace, barView, linesView }] = await Promise.all([
        import('../../cohort/table/cohort.js'),
        import('../../engine/select.js'),
        import('../embed/frozen-encoder.js'),
        import('../embed/embed-cohort.js'),
        import('../embed/views.js'),
      ]);
      // A slide that is missing is one that fails, and features can be extracted where there is one class alone.
      const { slides, diagnostics: found } = await readCohort(experiment.cohort, folder, { needSlides: false });
      const diagnostics = found.filter(({ code }) => code !== 'cohort-one-class' && code !== 'cohort-no-patients');
      for (const diagnostic of diagnostics) note(renderDiagnostic(diagnostic));
      if (forbids(diagnostics)) return exit(exitCodes.refused);
      const engine = await openEngine(experiment.engine);
      const encoder = await frozenEncoder(experiment, engine, folder, (message) => note(`Warning encoder: ${message}`));
      const stop = stopOnSignal(() => note('Stopping after this batch; the same command goes on from here. Once more to stop at once.'));
      const pace = new Pace(slides.length, Date.now);
      const bar = process.stderr.isTTY ? barView(pace) : undefined;
      const outcome = await embedCohort({ experiment, experimentFolder: folder, slides, encoder, out: resolve(out), overwrite, view: bar ?? linesView(pace), isStopped: stop }).finally(() => bar?.close());
      const stores = relative('', join(out, 'h5_files'));
      if (json) print(JSON.stringify({ stores, ...outcome }, undefined, 2));
      else print(`${outcome.embedded.length} slides embedded (${outcome.patches} patches of ${encoder.featureSize} features), ${outcome.known.length} there already, ${outcome.failed.length} failed: ${stores}`);
      if (outcome.failed.length > 0) note(`Failed:\n${outcome.failed.map(({ slide, code, message }) => `  ${slide}: ${code}: ${message}`).join('\n')}`);
      if (outcome.stopped) exit(exitCodes.interrupted);
      else if (outcome.failed.length > 0) exit(exitCodes.failed);
    });

/** @returns whether a signal has come; a second one ends the process. */
function stopOnSignal(onFirst: () => void): () => boolean {
  let stopped = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      if (!stopped) onFirst();
      stopped = true;
    });
  }
  return () => stopped;
}
