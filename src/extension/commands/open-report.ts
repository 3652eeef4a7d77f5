import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { commands, l10n, Uri } from 'vscode';
import { runFiles } from '../../shared/run/layout.js';
import { runMil } from '../service/run-mil.js';
import { chooseRun } from './choose-runs.js';
import type { CommandHandler } from './index.js';
import { isStudy, openStudyReport } from './studies.js';

/** MIL: Open Report. Its Markdown in the editor's own preview, which works in remote windows too; written first where it is not there yet. */
export const openReport: CommandHandler = async (session, target) => {
  if (isStudy(target)) return openStudyReport(session, target);
  const run = await chooseRun(session, target, { title: l10n.t('Open the report of which run?') });
  if (run === undefined) return;
  const file = join(run, runFiles.reportMarkdown);
  // A run that goes on, or broke off, has a report of what there is so far.
  if (!existsSync(file) || session.runs.get(run)?.state !== 'done') await runMil(session.context, ['report', run]);
  await commands.executeCommand('markdown.showPreview', Uri.file(file));
};
