import { join } from 'node:path';
import type { Answers } from '../../shared/rpc/channel.js';
import type { RunService } from '../../shared/rpc/runs.js';
import { runFiles } from '../../shared/run/layout.js';
import { readJournal } from '../../shared/run/read.js';

export function runAnswers(): Answers<RunService> {
  return {
    readEvents: (run, after, limit) => readJournal(join(run, runFiles.events)).events.filter(({ seq }) => seq > after).slice(0, limit),
  };
}
