import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** What the extension host calls: runs every suite below, or the tests HARDMINE_TEST_GREP names, and writes what came of each to HARDMINE_TEST_RESULTS. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: 'min', ...(process.env.HARDMINE_TEST_GREP ? { grep: process.env.HARDMINE_TEST_GREP } : {}) });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./commands.js');
  await import('./run-store.js');
  await import('./tasks.js');
  await import('./experiment.js');
  await import('./rules.js');
  await import('./studies.js');
  const tests: { title: string; state: string; error?: string }[] = [];
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => tests.push({ title: test.fullTitle(), state: 'passed' }));
    runner.on('pending', (test) => tests.push({ title: test.fullTitle(), state: 'skipped' }));
    runner.on('fail', (test, error: Error) => tests.push({ title: test.fullTitle(), state: 'failed', error: error.stack ?? error.message }));
  });
  const file = process.env.HARDMINE_TEST_RESULTS;
  if (file) writeFileSync(file, JSON.stringify(tests));
  if (failures > 0) throw new Error(`${failures} tests failed:\n${tests.flatMap(({ title, error }) => (error ? [`${title}: ${error}`] : [])).join('\n')}`);
}
