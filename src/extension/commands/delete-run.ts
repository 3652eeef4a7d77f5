import { basename } from 'node:path';
import { l10n, Uri, window, workspace } from 'vscode';
import { RunNode } from '../runs/tree.js';
import { isAlive } from '../runs/words.js';
import type { Session } from '../session.js';
import { chooseRuns } from './choose-runs.js';
import type { CommandHandler } from './index.js';

/** MIL: Delete Run. To the trash where there is one, after a question. The key in the tree passes `selected`. */
export const deleteRun: CommandHandler = async (session, target) => {
  const selected = session.runTree.selection.flatMap((node) => (node instanceof RunNode && node.round === undefined ? [node.run] : []));
  // Arrow keys move through the tree without selecting: what is meant must then be asked.
  const asked = target !== 'selected' ? target : selected.length > 0 ? selected : undefined;
  const ended = (run: Parameters<typeof isAlive>[0]): boolean => !isAlive(run);
  const runs = await chooseRuns(session, asked, { title: l10n.t('Delete which run?'), allow: ended, none: l10n.t('There is no run to delete: one that goes on must be stopped first.') });
  const living = runs.map((run) => session.runs.get(run)).find((run) => run && isAlive(run));
  if (living) throw new Error(l10n.t('{0} is going on: stop it first.', living.status.name));
  if (runs.length === 0 || !(await confirm(session, runs, l10n.t('Its scores, banks, weights and report go to the trash.'), l10n.t('Move to Trash')))) return;
  for (const run of runs) await remove(session, run);
};

async function remove(session: Session, run: string): Promise<void> {
  const folder = Uri.file(run);
  try {
    await workspace.fs.delete(folder, { recursive: true, useTrash: true });
  } catch (error) {
    session.log.warn(`${run} could not be moved to the trash: ${String(error)}`);
    if (!(await confirm(session, [run], l10n.t('There is no trash here, as on most remote machines: it is gone for good.'), l10n.t('Delete Permanently')))) return;
    await workspace.fs.delete(folder, { recursive: true, useTrash: false });
  }
  session.runs.look(run);
}

async function confirm({ runs }: Session, folders: readonly string[], detail: string, action: string): Promise<boolean> {
  const [first] = folders;
  const question = folders.length === 1 ? l10n.t('Delete the run {0}?', runs.get(first!)?.status.name ?? basename(first!)) : l10n.t('Delete {0} runs?', folders.length);
  return (await window.showWarningMessage(question, { modal: true, detail: [...folders.map((folder) => basename(folder)), '', detail].join('\n') }, action)) === action;
}
