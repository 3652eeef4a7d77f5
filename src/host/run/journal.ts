import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';
import { fileError } from '../../shared/files.js';
import type { RunEvent, RunEventBody } from '../../shared/run/events.js';
import { readJournal } from '../../shared/run/read.js';

/** `events.jsonl`: append-only, one event a line, `seq` from 1 without gaps. */
export interface Journal {
  /** Appends and returns the event as written. @throws HardmineError `disk-full`. */
  append(body: RunEventBody): RunEvent;
  close(): void;
}

/** Events after which a crash of the machine must not lose what was said. */
const durable: ReadonlySet<RunEventBody['type']> = new Set(['stage-finished', 'round-finished', 'run-finished', 'run-stopped', 'run-failed']);

/**
 * Opens a journal to go on with it. A last line torn by a crash is cut off first.
 * @param now milliseconds since 1970.
 */
export function openJournal(file: string, now: () => number): Journal {
  let descriptor: number;
  let seq: number;
  try {
    descriptor = openSync(file, 'a+');
    const { lines, bytes } = readJournal(file);
    if (fstatSync(descriptor).size > bytes) ftruncateSync(descriptor, bytes);
    seq = lines;
  } catch (error) {
    throw fileError(error, file);
  }
  return {
    append(body) {
      const event = { seq: seq + 1, time: now(), ...body };
      const before = fstatSync(descriptor).size;
      try {
        writeFileSync(descriptor, `${JSON.stringify(event)}\n`);
        if (durable.has(body.type)) fsyncSync(descriptor);
      } catch (error) {
        ftruncateSync(descriptor, before);
        throw fileError(error, file);
      }
      seq = event.seq;
      return event;
    },
    close: () => closeSync(descriptor),
  };
}
