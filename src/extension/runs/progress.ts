import { commands, l10n, ProgressLocation, window } from 'vscode';
import type { RunSummary } from '../../shared/run/list.js';
import type { Session } from '../session.js';
import { isAlive, stateWord, whereabouts } from './words.js';

/** Shows a run as a notification until it ends, or is put away. Cancelling it asks, then stops the run. */
export async function showProgress(session: Session, run: string): Promise<void> {
  while ((await progressOnce(session, run)) === 'cancelled') {
    const name = session.runs.get(run)?.status.name ?? run;
    const stop = l10n.t('Stop');
    const chosen = await window.showWarningMessage(l10n.t('Stop {0}?', name), { modal: true, detail: l10n.t('It stops after the step under way. Whole rounds are kept, and it can be resumed.') }, stop);
    if (chosen === stop) return void (await commands.executeCommand('mil.stopRun', run));
  }
}

function progressOnce({ runs }: Session, run: string): Thenable<'ended' | 'cancelled'> {
  const title = l10n.t('Training {0}', runs.get(run)?.status.name ?? '');
  return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, (progress, token) => {
    let reported = 0;
    return new Promise((resolve) => {
      const update = (): void => {
        const summary = runs.get(run);
        if (!summary || !isAlive(summary)) return end('ended');
        const share = Math.max(reported, shareDone(summary));
        progress.report({ message: summary.state === 'paused' ? `${stateWord('paused')} · ${whereabouts(summary)}` : whereabouts(summary), ...(share > 0 ? { increment: (share - reported) * 100 } : {}) });
        reported = share;
      };
      const following = runs.onDidChange(update);
      const cancelling = token.onCancellationRequested(() => end('cancelled'));
      const end = (how: 'ended' | 'cancelled'): void => {
        following.dispose();
        cancelling.dispose();
        resolve(how);
      };
      update();
    });
  });
}

/** 0 while nobody can say: the bar then runs to and fro. */
function shareDone({ status: { started, heartbeat, remaining } }: RunSummary): number {
  if (remaining === undefined) return 0;
  const elapsed = heartbeat - started;
  return elapsed / (elapsed + remaining);
}
