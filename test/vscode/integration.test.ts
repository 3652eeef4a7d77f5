import { afterAll, describe, expect, it } from 'vitest';
import path from 'node:path';
import { runInsideExtensionHost } from './harness/integration.js';
import { makeProfile } from './harness/profile.js';
import { drawTinyCohort } from './harness/tiny-cohort.js';

// Each test of the mocha suite that ran inside the extension host is reported here under its own name.
const root = path.resolve(__dirname, '../..');
const profile = makeProfile();
await drawTinyCohort(profile.workspace);
const { exitCode, tests } = await runInsideExtensionHost(profile, root, path.join(root, 'dist/vscode-test/integration.js'));
afterAll(() => profile.remove());

describe('inside the extension host', () => {
  for (const { title, state, error } of tests) {
    it.skipIf(state === 'skipped')(title, () => expect(error ?? 'no error').toBe('no error'));
  }
  it('ran tests and ended well', () => {
    expect(tests.filter(({ state }) => state === 'passed').length).toBeGreaterThan(0);
    expect(exitCode).toBe(0);
  });
});
