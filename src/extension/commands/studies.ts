import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commands, l10n, Uri } from 'vscode';
import { studyFiles } from '../../shared/study/layout.js';
import { showStudyProgress } from '../runs/progress.js';
import { tellStudyDone } from '../runs/study-sums.js';
import { runMil } from '../service/run-mil.js';
import type { Session } from '../session.js';
import { begin } from './start-run.js';

/** Whether a command is about a study: what is given is its folder. */
export function isStudy(target: unknown): target is string {
  return typeof target === 'string' && existsSync(join(target, studyFiles.study));
}

/** Goes on with the members that are not done. @returns the study folder. */
export async function resumeStudy(session: Session, folder: string): Promise<string> {
  const shown = await session.studies.show(folder);
  if (!shown) throw new Error(l10n.t('{0} cannot be read.', join(folder, studyFiles.study)));
  const { experimentFile } = shown.state.study;
  return begin(session, ['train', experimentFile, '--resume', folder, '--detach'], dirname(experimentFile));
}

/** A study has no dashboard of its own: its runs appear in the tree as they begin, and a notification counts them. @returns its folder. */
export async function showStudy(session: Session, folder: string): Promise<string> {
  await session.runs.search();
  void showStudyProgress(session, folder).then(() => tellStudyDone(session, folder));
  await commands.executeCommand('mil.runs.focus');
  return folder;
}

/** Sums the study up as it is now, and shows that as Markdown. */
export async function openStudyReport(session: Session, folder: string): Promise<void> {
  await runMil(session.context, ['study', folder]);
  await commands.executeCommand('markdown.showPreview', Uri.file(join(folder, studyFiles.reportMarkdown)));
}
