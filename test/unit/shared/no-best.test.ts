import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = path.resolve(__dirname, '../../..');
/** "Best" claims a choice; what people read names the rule something was chosen by instead. */
const claim = /\bbest\b/i;

function sourcesIn(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => path.join(folder, file));
}

/** Every text of a source file: strings, the parts of templates, and what stands between tags. */
function textsOf(file: string, content: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node) || ts.isJsxText(node)) texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, content, ts.ScriptTarget.Latest, false, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS));
  return texts;
}

describe('the word "best"', () => {
  it('is found in strings, templates and between tags, and not in names or comments', () => {
    const content = 'const best = 1; // the best\nconst a = t("The best round"), b = `best ${best} of all`, c = <p>Best</p>;';
    expect(textsOf('x.tsx', content).filter((text) => claim.test(text))).toEqual(['The best round', 'best ', 'Best']);
  });

  it('stands in no text of the manifest', () => {
    const texts = Object.values(JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8')) as Record<string, string>);
    expect(texts.length).toBeGreaterThan(20);
    expect(texts.filter((text) => claim.test(text))).toEqual([]);
  });

  it.each(['src/extension', 'webview-ui', 'src/shared', 'src/report', 'src/host', 'src/cohort', 'src/training'])('stands in no text of %s', (folder) => {
    const files = sourcesIn(folder);
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap((file) => textsOf(file, readFileSync(path.join(root, file), 'utf8')).filter((text) => claim.test(text)).map((text) => `${file}: ${text}`))).toEqual([]);
  });
});
