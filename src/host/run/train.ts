import { dirname, resolve } from 'node:path';
import { HardmineError, type ErrorCode } from '../../shared/errors.js';
import type { Experiment } from '../../shared/experiment/index.js';
import { checkWeights } from '../check-weights.js';
import { renderError } from '../terminal/failure.js';
import { note } from '../terminal/print.js';
import type { RunView } from '../terminal/run-views.js';
import { conductRun, type RunOutcome } from './conduct.js';

/** One run, ready to be trained. */
export interface RunToTrain {
  readonly experiment: Experiment;
  /** Path of the experiment file. */
  readonly file: string;
  readonly runFolder: string;
  readonly resume: boolean;
  /** The command that goes on with it. */
  readonly resumeLine: string;
}

/** Trains one run, and says on standard error why it could not, or how to resume. @throws HardmineError `run-locked`. */
export async function trainOne({ experiment, file, runFolder, resume, resumeLine }: RunToTrain, view: RunView): Promise<RunOutcome> {
  const [{ trainRun }, { writeReport }] = await Promise.all([import('../../training/index.js'), import('../../report/index.js')]);
  let outcome: RunOutcome;
  try {
    outcome = await conductRun({
      experiment,
      experimentFile: file,
      runFolder,
      resume,
      train: async (context) => {
        if (!resume) await refuseWeights(experiment, dirname(resolve(file)));
        return trainRun(context);
      },
      report: writeReport,
      onEvent: view.event,
      onStopping: () => view.say('Stopping after this step; the run can be resumed. Once more to stop at once.'),
      leave: (code) => {
        view.close();
        note(`Stopped. To resume:\n  ${resumeLine}`);
        process.exit(code);
      },
      now: Date.now,
    });
  } finally {
    view.close();
  }
  if (outcome.state === 'failed') note(`${renderError(outcome.error)}\n  Completed rounds are kept. To resume:\n  ${resumeLine}`);
  if (outcome.state === 'interrupted') note(`Stopped. To resume:\n  ${resumeLine}`);
  return outcome;
}

/** Weights that have learnt from what tests here would make the result look better than it is. @throws HardmineError `test-used-for-selection`. */
async function refuseWeights(experiment: Experiment, folder: string): Promise<void> {
  const [found] = await checkWeights(experiment, folder, () => ({}), true);
  if (found) throw new HardmineError(found.code as ErrorCode, found.message, { place: found.place, ...(found.remedy !== undefined && { remedy: found.remedy }) });
}
