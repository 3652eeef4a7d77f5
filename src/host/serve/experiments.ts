import { parseExperiment } from '../../shared/experiment/parse.js';
import type { Answers } from '../../shared/rpc/channel.js';
import type { ExperimentService } from '../../shared/rpc/experiments.js';
import { checkFiles } from '../check-files.js';

export function experimentAnswers(): Answers<ExperimentService> {
  return {
    async checkExperiment(file, text) {
      const parsed = parseExperiment(text, file);
      return parsed.experiment ? [...parsed.diagnostics, ...(await checkFiles(parsed.experiment, parsed.placeOf, file))] : parsed.diagnostics;
    },
  };
}
