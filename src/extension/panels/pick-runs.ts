import { basename } from 'node:path';
import { l10n, window } from 'vscode';
import { glance } from '../runs/words.js';
import type { Session } from '../session.js';

/** Lets a person choose several runs, newest first. @returns run folders, or undefined when they think better of it. */
export async function pickRuns({ runs }: Session, chosen: readonly string[]): Promise<readonly string[] | undefined> {
  const items = (await runs.known()).map((summary) => ({ run: summary.run, label: summary.status.name, description: glance(summary), detail: basename(summary.run), picked: chosen.includes(summary.run) }));
  if (items.length === 0) throw new Error(l10n.t('There is no run yet. Start one from an experiment file.'));
  const picked = await window.showQuickPick(items, { canPickMany: true, matchOnDescription: true, matchOnDetail: true, title: l10n.t('Runs to show together') });
  if (!picked || picked.length === 0) return undefined;
  // Those shown already keep their places, and so their colours.
  const names = picked.map(({ run }) => run);
  return [...chosen.filter((run) => names.includes(run)), ...names.filter((run) => !chosen.includes(run))];
}
