import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fileError, replaceFile, replaceJson } from '../../../src/shared/files.js';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hardmine-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('replacing a file', () => {
  it('leaves the new content and nothing beside it', () => {
    const folder = temporaryFolder();
    replaceFile(join(folder, 'a'), 'old');
    replaceFile(join(folder, 'a'), Uint8Array.of(110, 101, 119));
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('new');
    replaceJson(join(folder, 'a'), { a: 1 });
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('{\n  "a": 1\n}\n');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it.skipIf(!existsSync('/dev/full'))('keeps the old content when the disk is full, and says so', () => {
    const file = join(temporaryFolder(), 'a');
    replaceFile(file, 'old');
    const fill = (temporary: string): void => {
      writeFileSync(temporary, 'half');
      writeFileSync('/dev/full', 'more');
    };
    expect(() => replaceFile(file, fill)).toThrow(expect.objectContaining({ code: 'disk-full', place: { file }, remedy: expect.stringContaining('Free some space') as string }));
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(join(file, '..'))).toEqual(['a']);
  });

  it('says what is wrong with the place', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'b'));
    expect(() => replaceFile(join(folder, 'nowhere/a'), '')).toThrow(expect.objectContaining({ code: 'file-missing' }));
    expect(() => replaceFile(join(folder, 'b'), '')).toThrow();
    expect(readdirSync(folder)).toEqual(['b']);
  });

  it('passes on what is no matter of files', () => {
    const error = new TypeError('x');
    expect(fileError(error, 'a')).toBe(error);
  });
});
