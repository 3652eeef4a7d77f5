// A host process whose training never ends by itself; signals.test.ts sends it signals.
import { join } from 'node:path';
import { conductRun } from '../../../../src/host/run/conduct.js';
import { experimentSchema } from '../../../../src/shared/experiment/index.js';

const runFolder = process.argv[2]!;
const stubborn = process.argv[3] === 'stubborn';

void conductRun({
  experiment: experimentSchema.parse({ name: 'endless', cohort: { table: 'cohort.csv' } }),
  experimentFile: join(runFolder, 'endless.mil.json'),
  runFolder,
  resume: false,
  async train({ emit, checkpoint }) {
    for (let done = 0; ; done++) {
      emit({ type: 'progress', stage: 'embed', round: 1, done, total: 1e6, unit: 'slides' });
      if (stubborn) await new Promise((resolve) => setTimeout(resolve, 60_000));
      else await checkpoint();
    }
  },
  report: async () => undefined,
  onEvent: ({ seq }) => seq === 1 && process.stdout.write('begun\n'),
  onStopping: () => process.stdout.write('stopping\n'),
  leave: (code) => process.exit(code),
  now: Date.now,
}).then(({ state }) => process.exit(state === 'interrupted' ? 130 : 1));
