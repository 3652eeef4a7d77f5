import { completeAt } from '../../language/completion.js';
import { experimentEdits } from '../../language/experiment-edits.js';
import { explainAt } from '../../language/hover.js';
import { tableEdits } from '../../language/table-edits.js';
import { parseExperiment } from '../../shared/experiment/parse.js';
import type { Answers } from '../../shared/rpc/channel.js';
import type { ExperimentService } from '../../shared/rpc/experiments.js';
import { checkFiles, filesOf } from '../check-files.js';
import { estimate } from '../estimate/index.js';
import { usableExperiment } from '../experiment-file.js';
import { suggestFromFiles } from '../suggest-files.js';

/** Experiment files as a language, for one editor window. */
export function experimentAnswers(): Answers<ExperimentService> {
  return {
    lintExperiment: (file, text) => parseExperiment(text, file).diagnostics,
    async checkExperiment(file, text, readSlides) {
      const parsed = parseExperiment(text, file);
      const known = parsed.experiment ?? parsed.tentative;
      return { diagnostics: [...parsed.diagnostics, ...(await checkFiles(parsed, file, { readSlides }))], files: known ? filesOf(known, file) : [] };
    },
    explainExperiment: (file, text, offset) => explainAt(text, file, offset),
    completeExperiment: async (file, text, offset) => [...(await suggestFromFiles(text, file, offset)), ...completeAt(text, file, offset)],
    editsOfFix: (fix, file, text) => (fix.kind === 'cells' || fix.kind === 'column' ? tableEdits(text, fix) : experimentEdits(text, file, fix)),
    estimateExperiment: (file, text) => estimate(usableExperiment(parseExperiment(text, file)), file),
  };
}
