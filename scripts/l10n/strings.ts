import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Folders whose calls of `l10n.t` and `t` are shown to people. */
const callers = ['src/extension', 'webview-ui'];
/** Files of `src/shared` that hold words for them: `Words` arrays, whose first item is the text, or a table of names, or labels of rows. */
const wordFiles = { arrays: ['src/shared/run/statistics-tables.ts', 'src/shared/run/statistics-words.ts'], names: ['src/shared/run/stages.ts'], labels: ['src/shared/run/result-rows.ts'] };

/**
 * Every English text of the editor's parts, sorted. `@vscode/l10n-dev` knows `vscode.l10n.t` alone: the webviews' own
 * `t`, and the words both share with the command line, would be missing.
 * @param root folder of the project.
 */
export function stringsOf(root: string): string[] {
  const found = new Set<string>();
  const files = callers.flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name)).map((name) => path.join(folder, name)));
  for (const file of files) walk(root, file, (node) => ts.isCallExpression(node) && /^(l10n\.)?t$/.test(node.expression.getText()) && textsOf(node.arguments[0]));
  for (const file of wordFiles.arrays) walk(root, file, (node) => ts.isArrayLiteralExpression(node) && textsOf(node.elements[0]));
  for (const file of wordFiles.names) walk(root, file, (node) => ts.isPropertyAssignment(node) && textsOf(node.initializer));
  for (const file of wordFiles.labels) walk(root, file, (node) => ts.isCallExpression(node) && /^(slide|patch)$/.test(node.expression.getText()) && textsOf(node.arguments[0]));
  return [...found].sort();

  function walk(folder: string, file: string, texts: (node: ts.Node) => readonly string[] | false): void {
    const source = ts.createSourceFile(file, readFileSync(path.join(folder, file), 'utf8'), ts.ScriptTarget.Latest, true, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
    const visit = (node: ts.Node): void => {
      // What holds no letter is the same in every language.
      for (const text of texts(node) || []) if (/[a-z]{2}/i.test(text.replace(/\{\d+\}/g, ''))) found.add(text);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
}

/** The texts an argument may be: a literal, one of two, or what stands for a missing value. */
function textsOf(node: ts.Expression | undefined): string[] {
  if (!node) return [];
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return textsOf(node.right);
  return ts.isStringLiteralLike(node) ? [node.text] : [];
}
