import nodeModule from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import util from 'node:util';
import { messageOf } from '../../shared/errors.js';

/** The packages that bring libtensorflow, the one for NVIDIA GPUs first. */
export const tensorflowPackages = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;
export type TensorflowPackage = (typeof tensorflowPackages)[number];

/** What is used of such a package: loading it registers the backend `tensorflow` with the process-wide tfjs engine. */
export interface TensorflowModule {
  readonly version: Readonly<Record<string, string>>;
}

/** Of these packages, what loaded, or why each did not. */
export type Loaded = { readonly name: TensorflowPackage; readonly module: TensorflowModule } | { readonly problems: readonly string[] };

/**
 * Loads the first of `names` that is installed and works. They are looked for in
 * `MIL_TENSORFLOW_PATH` (a folder that holds node_modules, or node_modules itself), then in the
 * working directory, then beside this program.
 */
export function loadTensorflow(names: readonly TensorflowPackage[]): Loaded {
  restoreRemovedUtilities();
  const problems: string[] = [];
  for (const name of names) {
    const file = find(name);
    if (!file) {
      problems.push(`${name} is not installed`);
      continue;
    }
    try {
      return { name, module: nodeModule.createRequire(file)(file) as TensorflowModule };
    } catch (error) {
      problems.push(`${name} is installed but does not load (${firstLine(messageOf(error))})`);
    }
  }
  return { problems };
}

function find(name: TensorflowPackage): string | undefined {
  const given = process.env['MIL_TENSORFLOW_PATH'];
  const roots = [...(given ? [isAbsolute(given) ? given : resolve(given)] : []), process.cwd(), __filename];
  for (const root of roots) {
    try {
      return nodeModule.createRequire(root === __filename ? root : join(root, 'package.json')).resolve(name);
    } catch {
      continue;
    }
  }
  return undefined;
}

/** tfjs-node 4.22 calls two functions that newer Nodes took out of `util`. */
function restoreRemovedUtilities(): void {
  const utilities = util as unknown as Record<string, unknown>;
  utilities['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  utilities['isArray'] ??= Array.isArray;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!.trim();
}
