import { stageNames, type Stage } from '../run/stages.js';
import { formatBytes, formatDuration } from '../units.js';

/** A number that was estimated, and in words how. */
export interface Estimated {
  readonly value: number;
  readonly how: string;
}

/** What one run of an experiment would take on one machine. */
export interface RunEstimate {
  readonly slides: number;
  /** Patches of all slides. */
  readonly patches: Estimated;
  /** Milliseconds from start to result, nothing cached. */
  readonly time: Estimated;
  /** Milliseconds of each stage that takes any. */
  readonly stages: Readonly<Record<string, number>>;
  /** Bytes resident at the peak. */
  readonly memory: Estimated;
  /** Bytes written to cache and run folder. */
  readonly disk: Estimated;
  /** Bytes, of this machine. */
  readonly memoryThere: number;
  /** Bytes free where the cache lies. */
  readonly diskFree: number;
}

/** An estimate as a table, a quantity a row. */
export function estimateRows({ slides, patches, time, stages, memory, disk, memoryThere, diskFree }: RunEstimate): readonly { readonly quantity: string; readonly value: string; readonly how: string }[] {
  return [
    { quantity: 'Patches', value: `${patches.value.toLocaleString('en')} of ${slides} slides`, how: patches.how },
    { quantity: 'Time', value: `about ${formatDuration(time.value)}`, how: time.how },
    ...Object.entries(stages).map(([stage, ms]) => ({ quantity: `  ${stageNames[stage as Stage]}`, value: formatDuration(ms), how: '' })),
    { quantity: 'Memory', value: `${formatBytes(memory.value)} of ${formatBytes(memoryThere)}`, how: memory.how },
    { quantity: 'Disk', value: `${formatBytes(disk.value)}; ${formatBytes(diskFree)} are free`, how: disk.how },
  ];
}

/** An estimate on one line: `12,400 patches · about 35 min 00 s · 2.1 GB memory · 3.4 GB disk`. */
export function estimateLine({ patches, time, memory, disk }: RunEstimate): string {
  return [`${patches.value.toLocaleString('en')} patches`, `about ${formatDuration(time.value)}`, `${formatBytes(memory.value)} memory`, `${formatBytes(disk.value)} disk`].join(' · ');
}
