import { dirname } from 'node:path';
import { l10n } from 'vscode';
import { canResume } from '../runs/words.js';
import { chooseRun } from './choose-runs.js';
import type { CommandHandler } from './index.js';
import { begin } from './start-run.js';
import { isStudy, resumeStudy } from './studies.js';
import { requireTrust } from './trust.js';

/** MIL: Resume. Goes on after the last complete round. @returns the run folder. */
export const resumeRun: CommandHandler = async (session, target) => {
  if (!(await requireTrust())) return undefined;
  if (isStudy(target)) return resumeStudy(session, target);
  const run = await chooseRun(session, target, { title: l10n.t('Resume which run?'), allow: canResume, none: l10n.t('There is no run to resume: none failed, was stopped or was lost.') });
  if (run === undefined) return undefined;
  session.runs.look(run);
  const file = session.runs.get(run)?.status.experimentFile;
  if (file === undefined) throw new Error(l10n.t('{0} is no run folder.', run));
  return begin(session, ['train', file, '--resume', run, '--detach'], dirname(file));
};
