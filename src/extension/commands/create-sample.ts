import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { l10n, ProgressLocation, Uri, window, workspace, type CancellationToken, type Progress } from 'vscode';
import { RemoteError } from '../../shared/rpc/channel.js';
import { runMil } from '../service/run-mil.js';
import type { Session } from '../session.js';
import type { CommandHandler } from './index.js';

interface SampleSize {
  readonly slides: number;
  /** Edge of a slide, level-0 px. */
  readonly size: number;
}

const usual: SampleSize = { slides: 12, size: 2048 };

/**
 * MIL: Create Sample Experiment. Arguments name the folder and the size; without them the size is asked for
 * and the workspace's `sample` taken. @returns the experiment file.
 */
export const createSample: CommandHandler = async (session, folder, size) => {
  const asked = typeof folder === 'string';
  const target = asked ? folder : await freshFolder();
  const chosen = asked ? { ...usual, ...(size as Partial<SampleSize> | undefined) } : await askSize();
  if (target === undefined || chosen === undefined) return undefined;
  const file = await draw(session, target, chosen);
  if (file !== undefined) await window.showTextDocument(Uri.file(file));
  return file;
};

async function draw({ context }: Session, folder: string, { slides, size }: SampleSize): Promise<string | undefined> {
  const isNew = !existsSync(folder);
  const drawIt = (progress: Progress<{ message: string; increment?: number }>, token: CancellationToken): Promise<string> =>
    runMil(context, ['sample', folder, '--slides', String(slides), '--size', String(size)], {
      token,
      onNote: (line) => {
        const [, done] = /slide (\d+) of/.exec(line) ?? [];
        if (done) progress.report({ message: l10n.t('slide {0} of {1}', done, slides), increment: 100 / slides });
      },
    });
  try {
    await window.withProgress({ location: ProgressLocation.Notification, title: l10n.t('Drawing the sample cohort'), cancellable: true }, drawIt);
    return join(folder, 'sample.mil.json');
  } catch (error) {
    if (isNew) await rm(folder, { recursive: true, force: true });
    if (error instanceof RemoteError && error.code === 'cancelled') return undefined;
    throw error;
  }
}

async function askSize(): Promise<SampleSize | undefined> {
  const sizes = [
    { label: l10n.t('Small'), description: l10n.t('6 slides of 512 px'), detail: l10n.t('Drawn in a second, trained in under a minute: to see how things work. Its numbers mean little.'), slides: 6, size: 512 },
    { label: l10n.t('Usual'), description: l10n.t('12 slides of 2048 px'), detail: l10n.t('Drawn in half a minute, trained in some minutes on two cores.'), picked: true, ...usual },
    { label: l10n.t('Large'), description: l10n.t('40 slides of 4096 px'), detail: l10n.t('Drawn in several minutes, trained in an hour or so: intervals become meaningful.'), slides: 40, size: 4096 },
  ];
  const pick = window.createQuickPick<(typeof sizes)[number]>();
  pick.title = l10n.t('Create Sample Experiment');
  pick.placeholder = l10n.t('How large a cohort shall be drawn?');
  pick.items = sizes;
  pick.activeItems = [sizes[1]!];
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.activeItems[0]);
      pick.dispose();
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
}

/** `sample` in the workspace, or the first `sample-2`, `sample-3` that is free; without a workspace a folder is asked for. */
async function freshFolder(): Promise<string | undefined> {
  const root = workspace.workspaceFolders?.[0]?.uri.fsPath ?? (await window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, openLabel: l10n.t('Draw Here') }))?.[0]?.fsPath;
  if (root === undefined) return undefined;
  for (let copy = 1; ; copy++) {
    const folder = join(root, copy === 1 ? 'sample' : `sample-${copy}`);
    if (!existsSync(folder)) return folder;
  }
}
