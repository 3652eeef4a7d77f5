import { effect, signal } from '@preact/signals';
import type { Settings } from '../../src/shared/rpc/runs.js';
import { messageOf } from '../../src/shared/errors.js';
import { FollowedRun } from './followed-run.js';
import { host } from './connection.js';
import { runs } from './state.js';

/** Looks at a run that goes on, and paintings, are so far apart at least, ms. */
const liveEvery = 250;
/** A run that ended may be resumed. */
const endedEvery = 5_000;

const known = new Map<string, FollowedRun>();
const asked = new Map<string, number>();
const busy = new Set<string>();

/** Counts up when there is something new to draw, four times a second at most. */
export const news = signal(0);
/** Settings of runs, once asked for. */
export const settings = signal<ReadonlyMap<string, Settings>>(new Map());

/** The runs shown, in their order. */
export function followedRuns(): readonly FollowedRun[] {
  return runs.value.map((run) => {
    const followed = known.get(run) ?? new FollowedRun(run);
    known.set(run, followed);
    return followed;
  });
}

/** Begins to look at the runs shown, while the view is to be seen. */
export function follow(): void {
  let changed = false;
  const tell = (): void => void (changed = true);
  setInterval(() => {
    if (document.visibilityState !== 'visible') return;
    for (const run of followedRuns()) if (isDue(run)) void read(run, tell);
    if (!changed) return;
    changed = false;
    news.value++;
  }, liveEvery);
  effect(() => {
    void runs.value;
    asked.clear();
    changed = true;
  });
}

/** Asks for the settings of runs whose settings are not known. */
export async function learnSettings(wanted: readonly string[]): Promise<void> {
  for (const run of wanted) {
    if (settings.peek().has(run)) continue;
    const found = await host.settings(run).catch((): Settings => ({}));
    settings.value = new Map(settings.peek()).set(run, found);
  }
}

function isDue({ run, isLive }: FollowedRun): boolean {
  return !busy.has(run) && Date.now() - (asked.get(run) ?? 0) >= (isLive ? liveEvery / 2 : endedEvery);
}

async function read(run: FollowedRun, tell: () => void): Promise<void> {
  busy.add(run.run);
  try {
    for (let more = true; more && runs.peek().includes(run.run); ) {
      const before = standing(run);
      const part = await host.curves(run.run, run.cursor);
      run.take(part);
      if (part.reset || Object.keys(part.tables).length > 0 || standing(run) !== before) tell();
      more = part.more;
    }
  } catch (error) {
    run.problem = messageOf(error);
    run.isKnown = true;
    tell();
  } finally {
    asked.set(run.run, Date.now());
    busy.delete(run.run);
  }
}

/** All that is said of a run beside its curves. */
function standing({ summary, damagedLine, problem, isKnown }: FollowedRun): string {
  return JSON.stringify([summary, damagedLine, problem, isKnown]);
}
