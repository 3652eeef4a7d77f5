import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringsOf } from '../../scripts/l10n/strings.js';

const root = path.resolve(__dirname, '../..');
const read = (file: string): Record<string, string> => JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, string>;
const holes = (text: string): string => (text.match(/\{\d+\}/g) ?? []).sort().join();
const links = (text: string): string => (text.match(/\(command:[\w.]+\)/g) ?? []).sort().join();

// `npm run l10n` writes the base anew, and says what a translation lacks.
describe('translations', () => {
  const base = read('l10n/bundle.l10n.json');

  it('have a base with every text of the editor', () => {
    expect(Object.keys(base)).toEqual(stringsOf(root));
    expect(base['Delete {0} runs?']).toBe('Delete {0} runs?');
    // Of a webview, of the words it shares with the command line, and of stages.
    for (const text of ['Judgement taken back', 'Calibration over classes', 'Train aggregator']) expect(base).toHaveProperty([text]);
  });

  it.each([
    ['l10n/bundle.l10n.json', 'l10n/bundle.l10n.de.json'],
    ['package.nls.json', 'package.nls.de.json'],
  ])('are complete: %s in %s', (english, german) => {
    const [wanted, there] = [read(english), read(german)];
    expect(Object.keys(wanted).filter((key) => !there[key])).toEqual([]);
    expect(Object.keys(there).filter((key) => !(key in wanted))).toEqual([]);
    expect(Object.keys(wanted).filter((key) => holes(wanted[key]!) !== holes(there[key]!) || links(wanted[key]!) !== links(there[key]!))).toEqual([]);
  });

  it('are where the manifest says', () => {
    const { l10n } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { l10n: string };
    expect(existsSync(path.join(root, l10n, 'bundle.l10n.json'))).toBe(true);
  });
});
