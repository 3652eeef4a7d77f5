import { statfsSync } from 'node:fs';
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import type { MachineReport } from './report.js';

/** The machine as this process sees it: a container's limit counts as the memory there is. */
export function describeMachine(folder: string): MachineReport {
  const limit = process.constrainedMemory?.() ?? 0;
  const total = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  const { bavail, bsize } = statfsSync(folder);
  return {
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memory: { total, free: Math.min(freemem(), total) },
    disk: { folder, free: bavail * bsize },
  };
}
