import type { Reporter, TestModule } from 'vitest/node';

/** Ends the run with one machine-readable line, `N passed, N failed, N skipped`. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      for (const test of tests) count[test.result().state]++;
      // A file that could not be loaded, or a hook that failed, is no test; it still failed.
      if (!module.ok() && !tests.some((test) => test.result().state === 'failed')) count.failed++;
    }
    process.once('exit', () => process.stdout.write(`${count.passed} passed, ${count.failed} failed, ${count.skipped + count.pending} skipped\n`));
  }
}
