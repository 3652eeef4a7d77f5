import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll } from 'vitest';

/** A folder of this test file, gone when it ends. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hardmine-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function write(folder: string, name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A small slide of one colour. */
export async function paintSlide(folder: string, name: string, width = 64, height = width, colour = '#b06090'): Promise<string> {
  const path = join(folder, name);
  await sharp({ create: { width, height, channels: 3, background: colour } }).png().toFile(path);
  return path;
}

/** `file:line:column severity code` of each finding, the file by its name. */
export function brief(diagnostics: readonly { severity: string; code: string; place: { line?: number; column?: number } }[]): string[] {
  return diagnostics.map(({ severity, code, place }) => `${[place.line, place.column].filter((part) => part !== undefined).join(':')} ${severity} ${code}`.trim());
}
