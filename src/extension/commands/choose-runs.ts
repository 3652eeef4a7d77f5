import { l10n, window } from 'vscode';
import type { RunSummary } from '../../shared/run/list.js';
import { glance } from '../runs/words.js';
import type { Session } from '../session.js';

export interface RunQuestion {
  /** What the quick pick asks. */
  readonly title: string;
  /** Which runs it offers; all where it is not given. */
  readonly allow?: (run: RunSummary) => boolean;
  /** What to say when there is none to offer. */
  readonly none?: string;
}

/**
 * The run folders a command is about: those given, or else the one a person picks; a single candidate is
 * taken unasked. @returns none when the person thinks better of it. @throws when there is none to offer.
 */
export async function chooseRuns(session: Session, target: unknown, { title, allow = () => true, none = l10n.t('There is no run yet. Start one from an experiment file.') }: RunQuestion): Promise<readonly string[]> {
  if (typeof target === 'string') return [target];
  if (Array.isArray(target)) return target.filter((run) => typeof run === 'string' && allow(session.runs.get(run)!));
  await session.runs.search();
  const candidates = session.runs.list().filter(allow);
  if (candidates.length === 0) throw new Error(none);
  if (candidates.length === 1) return [candidates[0]!.run];
  const picked = await window.showQuickPick(
    candidates.map((summary) => ({ label: summary.status.name, description: glance(summary), detail: summary.run, run: summary.run })),
    { title, placeHolder: l10n.t('Newest first'), matchOnDescription: true, matchOnDetail: true },
  );
  return picked ? [picked.run] : [];
}

/** The same for a command about one run. @returns undefined when the person thinks better of it. */
export async function chooseRun(session: Session, target: unknown, question: RunQuestion): Promise<string | undefined> {
  return (await chooseRuns(session, target, question))[0];
}
