import { existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { commands, l10n, ProgressLocation, Uri, window } from 'vscode';
import { roundFiles, roundFolder, runFiles } from '../../shared/run/layout.js';
import { runMil } from '../service/run-mil.js';
import { chooseRuns } from './choose-runs.js';
import type { CommandHandler } from './index.js';

/** What leaves with a run: numbers and their origin. Weights stay, they are many times larger. */
const ofRun = [runFiles.experiment, runFiles.lineage, runFiles.result, runFiles.testScores, runFiles.reportMarkdown, runFiles.reportHtml];
const ofRound = [roundFiles.scores, roundFiles.bank, roundFiles.metrics];

/** MIL: Export. Copies scores, metrics and report of runs into a folder a person picks; an argument may name it. @returns the new folders. */
export const exportRun: CommandHandler = async (session, target, into) => {
  const runs = await chooseRuns(session, target, { title: l10n.t('Export which run?') });
  if (runs.length === 0) return undefined;
  const folder = typeof into === 'string' ? into : await askFolder();
  if (folder === undefined) return undefined;
  const made = await window.withProgress({ location: ProgressLocation.Notification, title: l10n.t('Exporting') }, () =>
    Promise.all(
      runs.map(async (run) => {
        await runMil(session.context, ['report', run]);
        return copyRun(run, folder);
      }),
    ),
  );
  void offerToReveal(made[0]!);
  return made;
};

async function copyRun(run: string, into: string): Promise<string> {
  const { readRounds } = await import('../../shared/run/read.js');
  const target = freshName(join(into, basename(run)));
  const files = [...ofRun, ...readRounds(run).flatMap(({ metrics: { round } }) => ofRound.map((name) => `${roundFolder(round)}/${name}`))];
  for (const file of files.filter((name) => existsSync(join(run, name)))) {
    await mkdir(dirname(join(target, file)), { recursive: true });
    await cp(join(run, file), join(target, file), { errorOnExist: true, force: false });
  }
  return target;
}

/** Nothing a person has is written over. */
function freshName(path: string): string {
  for (let copy = 1; ; copy++) {
    const name = copy === 1 ? path : `${path}-${copy}`;
    if (!existsSync(name)) return name;
  }
}

async function askFolder(): Promise<string | undefined> {
  const picked = await window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, openLabel: l10n.t('Export Here'), title: l10n.t('Scores, metrics and report go into a new folder in') });
  return picked?.[0]?.fsPath;
}

async function offerToReveal(folder: string): Promise<void> {
  const report = l10n.t('Open Report');
  if ((await window.showInformationMessage(l10n.t('Exported to {0}.', folder), report)) === report) await commands.executeCommand('markdown.showPreview', Uri.file(join(folder, runFiles.reportMarkdown)));
}
