import { basename, dirname, relative } from 'node:path';
import { l10n, window } from 'vscode';
import type { ShownStudy } from '../runs/studies.js';
import type { Session } from '../session.js';
import { moveToTrash } from './delete-run.js';
import type { CommandHandler } from './index.js';

/** MIL: Delete Study. To the trash where there is one, alone or with its runs, after a question. */
export const deleteStudy: CommandHandler = async (session, target) => {
  const shown = typeof target === 'string' ? await session.studies.show(target) : await chooseStudy(session);
  if (!shown) return;
  const { folder, study, members, state } = shown.state;
  if (state === 'running') throw new Error(l10n.t('{0} is going on: stop it first.', study.name));
  const begun = members.filter(({ summary }) => summary !== undefined).map(({ run }) => run);
  const together = l10n.t('Delete Study and Its Runs');
  const alone = l10n.t('Delete Study Only');
  const detail = [basename(folder), '', l10n.t('The study holds the list of its {0} runs and their sum. Without it they stay as runs of their own; with them go scores, banks, weights and reports.', begun.length)].join('\n');
  const chosen = await window.showWarningMessage(l10n.t('Delete the study {0}?', study.name), { modal: true, detail }, alone, ...(begun.length > 0 ? [together] : []));
  if (chosen === undefined) return;
  const folders = [...(chosen === together ? begun : []), folder];
  if (await moveToTrash(session, folders, l10n.t('the study {0}', study.name))) await session.runs.search();
};

async function chooseStudy({ studies }: Session): Promise<ShownStudy | undefined> {
  const ended = (await studies.all()).filter(({ state }) => state.state !== 'running');
  if (ended.length === 0) throw new Error(l10n.t('There is no study to delete: one that goes on must be stopped first.'));
  const items = ended.map((shown) => ({ label: shown.state.study.name, description: relative(dirname(dirname(dirname(shown.state.folder))), shown.state.folder), shown }));
  return (await window.showQuickPick(items, { title: l10n.t('Delete which study?') }))?.shown;
}
