import { defineConfig } from 'vitest/config';

const patient = { testTimeout: 120_000, hookTimeout: 120_000, pool: 'forks' as const };

export default defineConfig({
  test: {
    reporters: ['default', './test/closing-line.ts'],
    projects: [
      // Native sessions keep their own thread pools: a process a file keeps them apart.
      { test: { ...patient, name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}', 'test/golden/**/*.test.ts'], maxWorkers: 2, sequence: { groupOrder: 1 } } },
      // A real VS Code, one at a time, when nothing else wants the processor.
      { test: { ...patient, name: 'vscode', include: ['test/vscode/**/*.test.ts'], maxWorkers: 1, testTimeout: 300_000, hookTimeout: 300_000, sequence: { groupOrder: 2 } } },
    ],
  },
});
