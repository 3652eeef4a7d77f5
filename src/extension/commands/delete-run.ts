import { basename } from 'node:path';
import { commands, l10n, Uri, window, workspace } from 'vscode';
import { RunNode, StudyNode } from '../runs/tree.js';
import { isAlive } from '../runs/words.js';
import type { Session } from '../session.js';
import { chooseRuns } from './choose-runs.js';
import type { CommandHandler } from './index.js';

/** MIL: Delete Run. To the trash where there is one, after a question. The key in the tree passes `selected`. */
export const deleteRun: CommandHandler = async (session, target) => {
  const study = target === 'selected' ? session.runTree.selection.find((node) => node instanceof StudyNode) : undefined;
  if (study) return commands.executeCommand('mil.deleteStudy', study.study);
  const selected = session.runTree.selection.flatMap((node) => (node instanceof RunNode && node.round === undefined ? [node.run] : []));
  // Arrow keys move through the tree without selecting: what is meant must then be asked.
  const asked = target !== 'selected' ? target : selected.length > 0 ? selected : undefined;
  const ended = (run: Parameters<typeof isAlive>[0]): boolean => !isAlive(run);
  const runs = await chooseRuns(session, asked, { title: l10n.t('Delete which run?'), allow: ended, none: l10n.t('There is no run to delete: one that goes on must be stopped first.') });
  const living = runs.map((run) => session.runs.get(run)).find((run) => run && isAlive(run));
  if (living) throw new Error(l10n.t('{0} is going on: stop it first.', living.status.name));
  if (runs.length === 0 || !(await confirm(session, runs))) return;
  for (const run of runs) if (await moveToTrash(session, [run], l10n.t('the run {0}', nameOf(session, run)))) session.runs.look(run);
};

/** Moves folders to the trash, or, where there is none, deletes them after one more question. @param what names them all. @returns whether they are gone. */
export async function moveToTrash({ log }: Session, folders: readonly string[], what: string): Promise<boolean> {
  let forGood = false;
  for (const folder of folders) {
    const remove = (useTrash: boolean): Thenable<void> => workspace.fs.delete(Uri.file(folder), { recursive: true, useTrash });
    try {
      await remove(!forGood);
    } catch (error) {
      if (forGood) throw error;
      log.warn(`${folder} could not be moved to the trash: ${String(error)}`);
      const detail = [...folders.map((one) => basename(one)), '', l10n.t('There is no trash here, as on most remote machines: it is gone for good.')].join('\n');
      const permanently = l10n.t('Delete Permanently');
      if ((await window.showWarningMessage(l10n.t('Delete {0}?', what), { modal: true, detail }, permanently)) !== permanently) return false;
      forGood = true;
      await remove(false);
    }
  }
  return true;
}

async function confirm(session: Session, folders: readonly string[]): Promise<boolean> {
  const move = l10n.t('Move to Trash');
  const question = folders.length === 1 ? l10n.t('Delete the run {0}?', nameOf(session, folders[0]!)) : l10n.t('Delete {0} runs?', folders.length);
  const detail = [...folders.map((folder) => basename(folder)), '', l10n.t('Its scores, banks, weights and report go to the trash.')].join('\n');
  return (await window.showWarningMessage(question, { modal: true, detail }, move)) === move;
}

function nameOf({ runs }: Session, run: string): string {
  return runs.get(run)?.status.name ?? basename(run);
}
