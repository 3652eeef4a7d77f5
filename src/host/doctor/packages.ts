import { existsSync, readFileSync } from 'node:fs';
import nodeModule from 'node:module';
import { join } from 'node:path';
import { hdf5 } from '../../cohort/features/hdf5/library.js';
import { messageOf } from '../../shared/errors.js';
import type { PackageReport } from './report.js';

/** The native packages beside the engines: each is loaded. */
export async function describePackages(): Promise<PackageReport[]> {
  return Promise.all([
    attempt('sharp', 'reads slides and pictures', async () => {
      const { default: sharp } = await import('sharp');
      return `${sharp.versions.sharp} (libvips ${sharp.versions.vips})`;
    }),
    attempt('h5wasm', 'reads and writes features', async () => {
      await hdf5();
      return installedVersion('h5wasm');
    }),
  ]);
}

async function attempt(name: string, purpose: string, load: () => Promise<string>): Promise<PackageReport> {
  try {
    return { name, purpose, version: await load() };
  } catch (error) {
    return { name, purpose, problem: messageOf(error).split('\n', 1)[0] };
  }
}

/** From the package's own package.json, which its `exports` may hide from `require`. */
function installedVersion(name: string): string {
  const folders = nodeModule.createRequire(__filename).resolve.paths(name) ?? [];
  const file = folders.map((folder) => join(folder, name, 'package.json')).find((path) => existsSync(path));
  return file ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : 'unknown';
}
