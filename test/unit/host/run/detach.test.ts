import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startDetached } from '../../../../src/host/run/detach.js';
import { temporaryFolder } from './fixtures.js';

/** Lets this process be the program that is started again. */
function beProgram(script: string): string {
  const folder = temporaryFolder();
  const before = process.argv[1]!;
  process.argv[1] = join(folder, 'program.cjs');
  writeFileSync(process.argv[1], script);
  onTestFinished(() => void (process.argv[1] = before));
  return folder;
}

describe('a detached host', () => {
  it('that ends before it begins is quoted', async () => {
    const folder = beProgram(`process.stderr.write('error engine-unavailable: No engine loads here.\\n  Reinstall.\\n'); process.exit(1);`);
    await expect(startDetached(folder, ['train'])).rejects.toMatchObject({ code: 'interrupted', what: 'The training host ended before it began: error engine-unavailable: No engine loads here. Reinstall.' });
  });

  it('that ends in silence is said to', async () => {
    await expect(startDetached(beProgram('process.exit(3);'), [])).rejects.toThrow('it said nothing.');
  });
});
