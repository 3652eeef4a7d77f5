import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

/** A process, told apart from any other that ever bears its number; `run.lock` holds one. */
export const processSchema = z.object({
  pid: z.int(),
  /** Host name, for people. */
  host: z.string(),
  /** Boot and process namespace: numbers mean the same process only where this is equal. */
  machine: z.string(),
  /** When the process started, in the system's own units; empty where the system does not tell. */
  start: z.string(),
});
export type ProcessIdentity = z.output<typeof processSchema>;

/** This process. */
export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, host: hostname(), machine: machine(), start: processStart(process.pid) };
}

/** Whether a process lives; undefined when it runs on another machine and only its heartbeat can tell. */
export function lives(identity: ProcessIdentity): boolean | undefined {
  if (identity.machine !== machine()) return undefined;
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    // EPERM: it is there, but another user's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return identity.start === processStart(identity.pid);
}

function machine(): string {
  const told = (read: () => string): string => {
    try {
      return read().trim();
    } catch {
      return '';
    }
  };
  return [hostname(), told(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')), told(() => readlinkSync('/proc/self/ns/pid'))].filter(Boolean).join(' ');
}

function processStart(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Fields after the command, which may itself hold spaces and brackets; the start is field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // Killed, and nobody has asked yet how it ended.
    return fields[0] === 'Z' ? '' : (fields[19] ?? '');
  } catch {
    return '';
  }
}
