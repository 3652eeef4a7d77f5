import { EventEmitter } from 'vscode';
import type { RunSummary } from '../../shared/run/list.js';
import type { StudyState } from '../../shared/study/read.js';
import type { StudySummary } from '../../shared/study/summary.js';
import type { RunStore } from './store.js';

/** A study as the tree shows it: how its runs are doing, and what was summed up of them so far. */
export interface ShownStudy {
  readonly state: StudyState;
  readonly summary: StudySummary | undefined;
}

/** What stands on its own in the tree: a run, or a study with its runs. */
export type TopLevel = { readonly run: string } | { readonly study: string };

/** Which runs belong together, as `member.json` of each says. */
export class Studies {
  /** By run folder; null for a run of its own. Membership never changes. */
  private readonly studyOf = new Map<string, string | null>();

  private readonly resummed = new EventEmitter<void>();
  /** Told when a study was summed up anew; what else changes, its runs tell. */
  readonly onDidChange = this.resummed.event;

  constructor(private readonly runs: RunStore) {}

  /** Runs and studies, each study where its newest run stands. */
  async topLevel(): Promise<TopLevel[]> {
    const seen = new Set<string>();
    const found: TopLevel[] = [];
    for (const { run } of this.runs.list()) {
      const study = await this.of(run);
      if (study === undefined) found.push({ run });
      else if (!seen.has(study)) found.push({ study });
      if (study !== undefined) seen.add(study);
    }
    return found;
  }

  /** The study a run belongs to, while that is there to be read. */
  async of(run: string): Promise<string | undefined> {
    const { readStudy, studyOfRun } = await reader();
    const known = this.studyOf.get(run);
    const study = known === undefined ? (studyOfRun(run)?.study ?? null) : known;
    this.studyOf.set(run, study);
    return study !== null && readStudy(study) ? study : undefined;
  }

  async show(folder: string): Promise<ShownStudy | undefined> {
    const [{ studyStateAt, readStudySummary }, { summarizeRun }] = await Promise.all([reader(), import('../../shared/run/list.js')]);
    const state = studyStateAt(folder, Date.now(), (run, now): RunSummary | undefined => this.runs.get(run) ?? summarizeRun(run, now));
    return state && { state, summary: readStudySummary(folder) };
  }

  /** Every study of the runs there are. */
  async all(): Promise<ShownStudy[]> {
    const shown = await Promise.all((await this.topLevel()).map((top) => ('study' in top ? this.show(top.study) : undefined)));
    return shown.filter((study) => study !== undefined);
  }

  changed(): void {
    this.resummed.fire();
  }

  /** Whether any study waits for somebody to go on with it. */
  async anyWaits(): Promise<boolean> {
    return (await this.all()).some(({ state }) => state.state === 'waiting');
  }
}

/** The schemas load when first needed, not with the extension. */
function reader(): Promise<typeof import('../../shared/study/read.js')> {
  return import('../../shared/study/read.js');
}
