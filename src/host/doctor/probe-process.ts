import { execFile } from 'node:child_process';
import type { Target } from './probe.js';
import type { EngineReport } from './report.js';

/** A driver that hangs must not hang the doctor. */
const patience = 60_000;

/**
 * `probeEngine` in a process of its own, running this program's `doctor --engine`: a native
 * library that crashes, prints or keeps a backend in place does so there.
 */
export function probeInProcess({ kind, device }: Target): Promise<EngineReport> {
  const words = [...process.execArgv, process.argv[1]!, 'doctor', '--engine', kind, '--device', device, '--json'];
  return new Promise((done) => {
    execFile(process.execPath, words, { timeout: patience, maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
      const report = reportIn(stdout);
      if (report) return done(report);
      const end = error?.killed ? `no answer within ${patience / 1000} s` : error?.signal ? `its process ended by ${error.signal}` : `its process failed: ${lastLine(stderr)}`;
      done({ kind, device, loads: false, problem: end });
    });
  });
}

function reportIn(stdout: string): EngineReport | undefined {
  try {
    return JSON.parse(stdout.slice(stdout.indexOf('{'))) as EngineReport;
  } catch {
    return undefined;
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
