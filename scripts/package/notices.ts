import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The notices of everything in the package that others wrote, one after the other.
 * @param dist where webpack wrote, beside each bundle, the folders of the packages it took in. @param shipped folders of packages that ship as they are.
 */
export function thirdPartyNotices(dist: string, shipped: readonly string[]): string {
  const notices = [...[dist, path.join(dist, 'webview')].flatMap(takenIn), ...shipped].map(noticeOf);
  const sorted = [...new Map(notices).entries()].sort(([a], [b]) => a.localeCompare(b, 'en'));
  return `Hardmine includes the following packages. Each remains under its own licence.\n\n${sorted.map(([, text]) => text).join('\n')}`;
}

function takenIn(folder: string): string[] {
  const lists = readdirSync(folder).filter((file) => file.endsWith('.packages.json'));
  return lists.flatMap((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as string[]);
}

/** The name and version of a package, and what is to be said of it. */
function noticeOf(folder: string): [string, string] {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { name: string; version: string; license: string };
  // The readme of a package of libvips lists the libraries inside it and their licences.
  const papers = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file) || (name.startsWith('@img/sharp') && file === 'README.md'));
  const texts = papers.map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
  const rule = '='.repeat(80);
  return [`${name} ${version}`, [rule, `${name} ${version}, ${license}`, rule, ...texts, ...(texts.length === 0 ? [`The package brings no text of its licence; it says: ${license}.`] : [])].join('\n') + '\n'];
}
