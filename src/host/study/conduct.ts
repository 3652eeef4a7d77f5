import { setTimeout } from 'node:timers/promises';
import { askHost } from '../../shared/run/control.js';
import { runStateAt } from '../../shared/run/state.js';
import { readStatus } from '../../shared/run/read.js';
import type { StudyMember } from '../../shared/study/members.js';
import { exitCodes } from '../terminal/failure.js';
import { lockRun } from '../run/lock.js';
import { listenForRequests } from '../run/requests.js';

/** How often somebody's wish to stop is looked for while a member runs, ms. */
const look = 250;

/** A member on its way, in a process of its own. */
export interface MemberProcess {
  /** Its exit code. */
  readonly ended: Promise<number>;
  kill(): void;
}

export interface StudyOrder {
  /** Absolute study folder. */
  readonly folder: string;
  readonly members: readonly (StudyMember & { readonly run: string })[];
  start(member: StudyMember): MemberProcess;
  /** Called when a member is skipped, begins, or ends. */
  onMember(member: StudyMember, what: 'skipped' | 'begins' | 'done' | 'failed' | 'stopped'): void;
  /** Called after each member, with all that is done so far. */
  summarise(): Promise<void>;
  onStopping(): void;
  /** Milliseconds since 1970. */
  now(): number;
}

/** How a study ended; failed members were gone past. */
export interface StudyOutcome {
  readonly state: 'done' | 'failed' | 'interrupted';
  readonly failed: readonly StudyMember[];
}

/**
 * Trains the members one after another, each in a process of its own: what breaks one, be it a crash of native
 * code, leaves the others alone. Members that are done are skipped. A wish to stop, by signal or by the
 * `control.json` of the study, is passed on to the member under way.
 * @throws HardmineError `run-locked` when another process goes through this study.
 */
export async function conductStudy(order: StudyOrder): Promise<StudyOutcome> {
  const { folder, members, now } = order;
  const newest = (): number => Math.max(-Infinity, ...members.map(({ run }) => readStatus(run)?.heartbeat ?? -Infinity));
  const lock = lockRun(folder, () => now() - newest());
  let current: (StudyMember & { readonly run: string; readonly process: MemberProcess }) | undefined;
  const requests = listenForRequests(folder, now, {
    onFirst: order.onStopping,
    onSecond: () => current?.process.kill(),
  });
  const stopping = (): boolean => requests.current() === 'stop' || requests.current() === 'interrupted';
  const failed: StudyMember[] = [];
  try {
    for (const member of members) {
      if (stopping()) break;
      const status = readStatus(member.run);
      if (status && ['done', 'running', 'paused'].includes(runStateAt(status, now()))) {
        order.onMember(member, 'skipped');
        continue;
      }
      order.onMember(member, 'begins');
      current = { ...member, process: order.start(member) };
      const code = await ending(current, stopping);
      current = undefined;
      // Whoever stopped it may have meant the study: that wish is looked for before the next one begins.
      if (code === exitCodes.interrupted) await setTimeout(2 * look);
      if (code !== exitCodes.done && code !== exitCodes.interrupted) failed.push(member);
      order.onMember(member, code === exitCodes.done ? 'done' : code === exitCodes.interrupted ? 'stopped' : 'failed');
      await order.summarise();
    }
    return { state: stopping() ? 'interrupted' : failed.length > 0 ? 'failed' : 'done', failed };
  } finally {
    requests.close();
    lock.release();
  }
}

/** Waits for a member, and asks it to stop once the study is to. A host that is only starting takes the wish for an old one: it is said again. */
async function ending({ run, process }: { readonly run: string; readonly process: MemberProcess }, stopping: () => boolean): Promise<number> {
  let code: number | undefined;
  void process.ended.then((value) => (code = value));
  while (code === undefined) {
    if (stopping() && readStatus(run)?.state === 'running') askHost(run, 'stop');
    await Promise.race([process.ended, setTimeout(look)]);
  }
  return code;
}
