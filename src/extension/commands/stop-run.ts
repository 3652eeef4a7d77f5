import { hostname } from 'node:os';
import { l10n, window } from 'vscode';
import { askHost } from '../../shared/run/control.js';
import { isAlive } from '../runs/words.js';
import { runMil } from '../service/run-mil.js';
import type { Session } from '../session.js';
import { chooseRuns } from './choose-runs.js';
import { isStudy } from './studies.js';
import type { CommandHandler } from './index.js';

/** How long a host may take for the step under way before its end is offered, ms. */
const patience = 20_000;

/** MIL: Stop. Asks by the run folder, so it works on runs of other windows, terminals and machines too. */
export const stopRun: CommandHandler = async (session, target) => {
  if (isStudy(target)) {
    await runMil(session.context, ['stop', target]);
    return;
  }
  const runs = await chooseRuns(session, target, { title: l10n.t('Stop which run?'), allow: isAlive, none: l10n.t('No run is going on.') });
  for (const run of runs) {
    askHost(run, 'stop');
    void offerEnd(session, run);
  }
};

async function offerEnd(session: Session, run: string): Promise<void> {
  while (!(await endsWithin(session, run, patience))) {
    const summary = session.runs.get(run)!;
    const here = summary.status.host === hostname();
    const end = l10n.t('End Process');
    const wait = l10n.t('Keep Waiting');
    const words = here
      ? l10n.t('{0} has not stopped yet: its step may be a long one. Ending the process loses the round under way; whole rounds are kept.', summary.status.name)
      : l10n.t('{0} has not stopped yet. It runs on {1}, so its process can only be ended there.', summary.status.name, summary.status.host);
    const chosen = await window.showWarningMessage(words, ...(here ? [end, wait] : [wait]));
    session.runs.look(run);
    if (!stillAlive(session, run)) return;
    if (chosen === end) {
      await runMil(session.context, ['stop', run, '--now']).catch((error: Error) => window.showErrorMessage(error.message));
      return session.runs.look(run);
    }
    if (chosen !== wait) return;
  }
}

function stillAlive({ runs }: Session, run: string): boolean {
  const summary = runs.get(run);
  return summary !== undefined && isAlive(summary);
}

function endsWithin(session: Session, run: string, ms: number): Promise<boolean> {
  if (!stillAlive(session, run)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const settle = (ended: boolean): void => {
      clearTimeout(timer);
      following.dispose();
      resolve(ended);
    };
    const timer = setTimeout(() => settle(false), ms);
    const following = session.runs.onDidChange(() => void (stillAlive(session, run) || settle(true)));
  });
}
