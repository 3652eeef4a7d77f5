import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { drawTinyCohort } from './tiny-cohort.js';

const mil = path.resolve(__dirname, '../../../dist/mil.js');

/**
 * Puts the tiny cohort and a finished run of it into a workspace. It is drawn and trained once for
 * each build of `mil`, and copied from then on. @returns the run folder.
 */
export async function finishedRun(workspace: string): Promise<string> {
  const trained = await trainedOnce();
  cpSync(trained, workspace, { recursive: true });
  const runs = path.join(workspace, '.mil/runs');
  const run = path.join(runs, readdirSync(runs)[0]!);
  const status = path.join(run, 'status.json');
  writeFileSync(status, readFileSync(status, 'utf8').replaceAll(trained, workspace));
  return run;
}

async function trainedOnce(): Promise<string> {
  const build = createHash('sha256').update(readFileSync(mil)).digest('hex').slice(0, 12);
  const kept = path.join(tmpdir(), `hardmine-tiny-${build}`);
  if (existsSync(kept)) return kept;
  const draft = mkdtempSync(path.join(tmpdir(), 'hardmine-tiny-draft-'));
  execFileSync(process.execPath, [mil, 'train', await drawTinyCohort(draft)], { stdio: ['ignore', 'ignore', 'pipe'] });
  for (const run of readdirSync(path.join(draft, '.mil/runs'))) {
    const status = path.join(draft, '.mil/runs', run, 'status.json');
    writeFileSync(status, readFileSync(status, 'utf8').replaceAll(draft, kept));
  }
  try {
    renameSync(draft, kept);
  } catch (error) {
    // Another process was faster; what it made is as good.
    if (!existsSync(kept)) throw error;
    rmSync(draft, { recursive: true });
  }
  return kept;
}
