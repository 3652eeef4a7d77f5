import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** NVIDIA GPUs as their driver lists them (`name, memory, driver`); none where there is no driver. */
export async function listNvidiaGpus(): Promise<string[]> {
  try {
    const { stdout } = await promisify(execFile)('nvidia-smi', ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader'], { timeout: 10_000 });
    return stdout.split('\n').map((line) => line.trim()).filter(Boolean);
  } catch {
    return [];
  }
}
