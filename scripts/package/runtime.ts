import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Target } from './targets.js';

const checkout = path.resolve(__dirname, '../..');
/** Of every package. */
const papers = /^(package\.json|licen[cs]e.*)$/i;

/** What `mil` loads from node_modules at run time, of each package only the files it loads. */
function loaded({ os, cpu }: Target): Readonly<Record<string, RegExp>> {
  return {
    sharp: /^dist\/.*\.cjs$/,
    '@img/colour': /\.cjs$/,
    [`@img/sharp-${os}-${cpu}`]: /^(lib\/|index|README)/,
    // On Windows libvips lies in the package above.
    ...(os === 'win32' ? {} : { [`@img/sharp-libvips-${os}-${cpu}`]: /^(lib\/|versions|README)/ }),
    'detect-libc': /^lib\//,
    semver: /^(index\.js|(classes|functions|internal|ranges)\/)/,
    // On macOS the library comes twice, under two names; the binding loads the shorter one.
    'onnxruntime-node': new RegExp(`^(dist/.*\\.js|bin/napi-v6/${os}/${cpu}/(?!.*\\.\\d+\\.\\d+\\.\\d+\\.dylib).*)$`),
    'onnxruntime-common': /^dist\/cjs\/.*\.(js|json)$/,
    h5wasm: /^dist\/node\//,
    '@tensorflow/tfjs-backend-wasm': /^(dist\/(tf-backend-wasm\.node\.js|[\w-]+\.wasm)|wasm-out\/.*threaded.*\.js)$/,
    '@tensorflow/tfjs-core': /^dist\/tf-core\.node\.js$/,
    // Its code is in the bundles; this is what that code loads.
    'pdfjs-dist': /^wasm\/(openjpeg\.wasm|LICENSE_(PDFJS_)?OPENJPEG)$/,
    koffi: /^(index|src\/koffi\/(index|src\/(static|trampolines)))\.cjs$/,
    [`@koromix/koffi-${os}-${cpu}`]: new RegExp(`^(index\\.js|${os}_${cpu}/koffi\\.node)$`),
    seedrandom: /^(index|seedrandom|lib\/\w+)\.js$/,
  };
}

/**
 * Installs the run-time packages of a platform, which need not be this one, as the lockfile has them,
 * and puts what `mil` loads of them into `folder`. No script of any package runs.
 * @returns the folders of the packages there.
 */
export function installRuntime(target: Target, folder: string): string[] {
  const install = mkdtempSync(path.join(tmpdir(), 'hardmine-package-'));
  try {
    for (const file of ['package.json', 'package-lock.json']) cpSync(path.join(checkout, file), path.join(install, file));
    const words = ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--os', target.os, '--cpu', target.cpu, '--libc', 'glibc'];
    execFileSync('npm', words, { cwd: install, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
    return Object.entries(loaded(target)).map(([name, files]) => {
      const from = path.join(install, 'node_modules', name);
      if (!existsSync(from)) throw new Error(`npm installed no ${name} for ${target.os}-${target.cpu}. Say in scripts/package/runtime.ts what has taken its place.`);
      const to = path.join(folder, name);
      copyMatching(from, to, files);
      return to;
    });
  } finally {
    rmSync(install, { recursive: true, force: true });
  }
}

function copyMatching(from: string, to: string, files: RegExp): void {
  for (const file of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    const inside = file.replaceAll('\\', '/');
    if ((papers.test(inside) || files.test(inside)) && statSync(path.join(from, file)).isFile()) cpSync(path.join(from, file), path.join(to, file));
  }
}
