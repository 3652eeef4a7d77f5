import type { RunEvent } from '../run/events.js';

/** Run folders, read for people to look at. `run` is an absolute path. */
export interface RunService {
  /** Events of a journal with `seq` above `after`, at most `limit`. */
  readEvents(run: string, after: number, limit: number): Promise<readonly RunEvent[]>;
}
