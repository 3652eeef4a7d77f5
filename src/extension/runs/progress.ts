import { commands, l10n, ProgressLocation, window } from 'vscode';
import { heartbeatMs } from '../../shared/run/heartbeat.js';
import type { RunSummary } from '../../shared/run/list.js';
import type { Session } from '../session.js';
import { isAlive, stateWord, whereabouts } from './words.js';

/** How something that goes on stands; undefined once it has ended. */
type Look = () => Promise<{ readonly message: string; /** Of all its work, 0 while nobody can say: the bar then runs to and fro. */ readonly share: number } | undefined>;

/** Shows a run as a notification until it ends, or is put away. Cancelling it asks, then stops the run. */
export function showProgress(session: Session, run: string): Promise<void> {
  const { runs } = session;
  return follow(session, run, runs.get(run)?.status.name ?? '', async () => {
    const summary = runs.get(run);
    return summary && isAlive(summary) ? { message: stands(summary), share: shareDone(summary) } : undefined;
  });
}

/** The same for a study: how many of its runs are done, and where the one under way is. */
export async function showStudyProgress(session: Session, folder: string): Promise<void> {
  const { studies } = session;
  const name = (await studies.show(folder))?.state.study.name ?? '';
  return follow(session, folder, name, async () => {
    const state = (await studies.show(folder))?.state;
    if (state?.state !== 'running') return undefined;
    const known = state.members.flatMap(({ summary }) => summary ?? []);
    const done = known.filter((summary) => summary.state === 'done').length;
    const going = known.filter(isAlive);
    const message = [l10n.t('{0} of {1} runs done', done, state.members.length), ...going.slice(0, 1).map(stands)].join(' · ');
    return { message, share: (done + going.reduce((sum, summary) => sum + shareDone(summary), 0)) / state.members.length };
  });
}

async function follow(session: Session, folder: string, name: string, look: Look): Promise<void> {
  while ((await followOnce(session, name, look)) === 'cancelled') {
    const stop = l10n.t('Stop');
    const chosen = await window.showWarningMessage(l10n.t('Stop {0}?', name), { modal: true, detail: l10n.t('It stops after the step under way. Whole rounds are kept, and it can be resumed.') }, stop);
    if (chosen === stop) return void (await commands.executeCommand('mil.stopRun', folder));
  }
}

function followOnce({ runs }: Session, name: string, look: Look): Thenable<'ended' | 'cancelled'> {
  return window.withProgress({ location: ProgressLocation.Notification, title: l10n.t('Training {0}', name), cancellable: true }, (progress, token) => {
    let reported = 0;
    return new Promise((resolve) => {
      const update = async (): Promise<void> => {
        const now = await look();
        if (!now) return end('ended');
        const share = Math.max(reported, now.share);
        progress.report({ message: now.message, ...(share > 0 ? { increment: (share - reported) * 100 } : {}) });
        reported = share;
      };
      const following = runs.onDidChange(() => void update());
      // Between two runs of a study no run changes.
      const looking = setInterval(() => void update(), heartbeatMs);
      const cancelling = token.onCancellationRequested(() => end('cancelled'));
      const end = (how: 'ended' | 'cancelled'): void => {
        clearInterval(looking);
        following.dispose();
        cancelling.dispose();
        resolve(how);
      };
      void update();
    });
  });
}

function stands(summary: RunSummary): string {
  return summary.state === 'paused' ? `${stateWord('paused')} · ${whereabouts(summary)}` : whereabouts(summary);
}

function shareDone({ status: { started, heartbeat, remaining } }: RunSummary): number {
  if (remaining === undefined) return 0;
  const elapsed = heartbeat - started;
  return elapsed / (elapsed + remaining);
}
