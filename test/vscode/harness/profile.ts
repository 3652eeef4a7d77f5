import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// Settings that make the workbench quiet and repeatable.
const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'window.commandCenter': false,
  'git.enabled': false,
};

/** A fresh VS Code profile, workspace and extensions folder; removed with `remove`. */
export interface Profile {
  readonly folder: string;
  readonly userData: string;
  readonly extensions: string;
  readonly workspace: string;
  readonly env: NodeJS.ProcessEnv;
  set(settings: Record<string, unknown>): void;
  remove(): void;
}

/** @param files folder copied into the workspace. The path is kept short: a unix socket lies in it, 107 characters at most. */
export function makeProfile(options: { readonly settings?: Record<string, unknown>; readonly files?: string; readonly workspace?: string } = {}): Profile {
  const folder = mkdtempSync(path.join(tmpdir(), 'vsx-'));
  const at = (...parts: string[]): string => path.join(folder, ...parts);
  for (const inside of ['ud/User', 'ext', 'ws', 'cfg']) mkdirSync(at(inside), { recursive: true });
  if (options.files !== undefined && existsSync(options.files)) cpSync(options.files, at('ws'), { recursive: true });
  const env: NodeJS.ProcessEnv = { ...process.env, XDG_CONFIG_HOME: at('cfg'), XDG_DATA_HOME: at('data'), EXTENSIONS_GALLERY: '{}' };
  for (const name of ['VSCODE_IPC_HOOK_CLI', 'PORT', 'PASSWORD', 'NODE_OPTIONS', 'VITEST', 'VITEST_WORKER_ID', 'VITEST_POOL_ID', 'NODE_ENV', 'NODE_PATH']) delete env[name];
  const set = (settings: Record<string, unknown>): void => writeFileSync(at('ud/User/settings.json'), JSON.stringify({ ...quiet, ...settings }, null, 2));
  set(options.settings ?? {});
  return { folder, userData: at('ud'), extensions: at('ext'), workspace: options.workspace ?? at('ws'), env, set, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}
