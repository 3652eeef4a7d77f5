import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringsOf } from './l10n/strings.js';

const root = path.resolve(__dirname, '..');
const bundle = path.join(root, 'l10n/bundle.l10n.json');

/** `npm run l10n`: writes the base for translators, and tells what translations lack or have too many of. */
function main(): void {
  const texts = stringsOf(root);
  writeFileSync(bundle, `${JSON.stringify(Object.fromEntries(texts.map((text) => [text, text])), undefined, 2)}\n`);
  console.log(`${path.relative('.', bundle)}: ${texts.length} texts`);
  for (const [base, translated] of [[bundle, 'l10n/bundle.l10n.de.json'], [path.join(root, 'package.nls.json'), 'package.nls.de.json']] as const) {
    if (!existsSync(path.join(root, translated))) continue;
    const keys = (file: string): string[] => Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object);
    const [wanted, there] = [keys(base), keys(path.join(root, translated))];
    for (const text of wanted.filter((key) => !there.includes(key))) console.log(`${translated} lacks ${JSON.stringify(text)}`);
    for (const text of there.filter((key) => !wanted.includes(key))) console.log(`${translated} no longer needs ${JSON.stringify(text)}`);
  }
}

main();
