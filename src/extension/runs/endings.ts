import { commands, l10n, window } from 'vscode';
import type { RunSummary } from '../../shared/run/list.js';
import { formatMetric } from '../../shared/run/too-few.js';
import type { Session } from '../session.js';
import { lastLines, logFile } from './log.js';

/** Lines of the log that go into a message, and into the output channel. */
const shown = 3;
const logged = 20;

/** Tells, once a run, how it ended; a run that was stopped on purpose needs no message. Nothing is restarted by itself. */
export function tellHowRunsEnd(session: Session): void {
  session.context.subscriptions.push(
    session.runs.onDidEnd((run) => {
      if (run.state === 'done') void tellDone(session, run);
      else if (run.state === 'failed' || run.state === 'lost') void tellBroken(session, run);
    }),
  );
}

async function tellDone({ studies }: Session, { run, status, result }: RunSummary): Promise<void> {
  // A study tells when all of its runs are done.
  if ((await studies.of(run)) !== undefined) return;
  const dashboard = l10n.t('Open Dashboard');
  const report = l10n.t('Open Report');
  const words = result ? l10n.t('{0} is done: test AUROC {1}.', status.name, formatMetric(result.test, 'auroc')) : l10n.t('{0} is done.', status.name);
  const chosen = await window.showInformationMessage(words, dashboard, report);
  if (chosen === dashboard) await commands.executeCommand('mil.openDashboard', run);
  if (chosen === report) await commands.executeCommand('mil.openReport', run);
}

async function tellBroken({ log }: Session, { run, state, status }: RunSummary): Promise<void> {
  const lines = lastLines(run, logged);
  log.error(`${run}: ${state}${status.error ? `: ${status.error.message}` : ''}`);
  for (const line of lines) log.error(`  ${line}`);
  const resume = l10n.t('Resume');
  const showLog = l10n.t('Show Log');
  const dashboard = l10n.t('Open Dashboard');
  const what =
    state === 'lost'
      ? l10n.t('{0} was lost: its process ended without a word (killed, out of memory, or its machine went down). Whole rounds are kept.', status.name)
      : l10n.t('{0} failed: {1}', status.name, status.error?.message ?? l10n.t('it did not say why.'));
  const last = state === 'lost' && lines.length > 0 ? ` ${l10n.t('Last in its log: {0}', lines.slice(-shown).map((line) => line.trim()).join(' | '))}` : '';
  const chosen = await window.showErrorMessage(`${what}${last}`, resume, ...(logFile(run) ? [showLog] : []), dashboard);
  if (chosen === resume) await commands.executeCommand('mil.resumeRun', run);
  if (chosen === showLog) await commands.executeCommand('mil.showLog', run);
  if (chosen === dashboard) await commands.executeCommand('mil.openDashboard', run);
}
