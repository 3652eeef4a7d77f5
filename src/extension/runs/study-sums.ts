import { join } from 'node:path';
import { commands, l10n, Uri, window, workspace } from 'vscode';
import { messageOf } from '../../shared/errors.js';
import { studyFiles } from '../../shared/study/layout.js';
import { formatSpread, headline } from '../../shared/study/summary.js';
import { runMil } from '../service/run-mil.js';
import type { Session } from '../session.js';
import type { ShownStudy } from './studies.js';

/**
 * Sums up each study whose runs are all done and whose sum does not know that yet: runs of a cluster end one by one,
 * and nobody is there to add them up. Each is tried once a window.
 */
export function sumUpStudies(session: Session): void {
  const tried = new Set<string>();
  const look = async (): Promise<void> => {
    // Programs are started for trusted folders only.
    if (!workspace.isTrusted) return;
    for (const shown of await session.studies.all()) {
      const { folder } = shown.state;
      if (tried.has(folder) || !wantsSum(shown)) continue;
      tried.add(folder);
      await sumUp(session, shown);
    }
  };
  session.context.subscriptions.push(session.runs.onDidChange(() => void look()));
}

/** Whether all runs are done, with no process of this machine still at it, and the sum was made before that. */
function wantsSum({ state, summary }: ShownStudy): boolean {
  return state.state === 'done' && !(summary && summary.members.length === state.members.length && summary.members.every((member) => member.state === 'done'));
}

async function sumUp(session: Session, { state: { folder } }: ShownStudy): Promise<void> {
  try {
    await runMil(session.context, ['study', folder]);
  } catch (error) {
    session.log.warn(`${folder} could not be summed up: ${messageOf(error)}`);
    return;
  }
  session.studies.changed();
  await tellStudyDone(session, folder);
}

/** Tells what a study came to, once all of its runs are done. */
export async function tellStudyDone({ studies }: Session, folder: string): Promise<void> {
  const shown = await studies.show(folder);
  if (shown?.state.state !== 'done') return;
  const { state: { study }, summary } = shown;
  const spread = summary && headline(summary)?.spread;
  const report = l10n.t('Open Report');
  const words = spread && spread.mean !== null ? l10n.t('All runs of {0} are done: test AUROC {1}.', study.name, formatSpread(spread)) : l10n.t('All runs of {0} are done.', study.name);
  if ((await window.showInformationMessage(words, report)) === report) await commands.executeCommand('markdown.showPreview', Uri.file(join(folder, studyFiles.reportMarkdown)));
}
