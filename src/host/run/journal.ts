import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { fileError } from '../../shared/files.js';
import type { RunEvent, RunEventBody } from '../../shared/run/events.js';

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
    const { events, bytes } = readJournal(file);
    if (fstatSync(descriptor).size > bytes) ftruncateSync(descriptor, bytes);
    seq = events.at(-1)?.seq ?? 0;
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

/**
 * All sound events of a journal, and the bytes they take. Reading ends at the first line that is
 * torn or out of sequence: whatever follows it was never acknowledged.
 */
export function readJournal(file: string): { events: RunEvent[]; bytes: number } {
  const content = readFileSync(file);
  const events: RunEvent[] = [];
  let bytes = 0;
  for (let end = content.indexOf(10); end >= 0; end = content.indexOf(10, bytes)) {
    const event = parseEvent(content.toString('utf8', bytes, end));
    if (event?.seq !== events.length + 1) break;
    events.push(event);
    bytes = end + 1;
  }
  return { events, bytes };
}

function parseEvent(line: string): RunEvent | undefined {
  try {
    return JSON.parse(line) as RunEvent;
  } catch {
    return undefined;
  }
}
