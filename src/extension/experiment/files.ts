import { extensions, Uri, type DocumentSelector, type TextDocument } from 'vscode';

const name = /\.mil\.(json|ya?ml)$/i;

/** The documents that are experiments. */
export const experimentSelector: DocumentSelector = { scheme: 'file', pattern: '**/*.mil.{json,yaml,yml}' };
/** The documents a finding may stand in: experiments, and the tables they name. */
export const mendableSelector: DocumentSelector = [experimentSelector as { scheme: string; pattern: string }, { scheme: 'file', pattern: '**/*.{csv,tsv,txt}' }];

export function isExperiment({ uri }: Pick<TextDocument, 'uri'>): boolean {
  return uri.scheme === 'file' && name.test(uri.path);
}

/**
 * Whether another extension completes and explains this document by our JSON Schema: VS Code's own
 * for JSON, "YAML" by Red Hat for YAML. It is then left to say what the schema says, and we add only
 * what no schema can: columns and files that lie on the disk, and how a value differs from the paper.
 */
export function schemaIsSpokenFor({ uri }: TextDocument): boolean {
  const speaker = /\.json$/i.test(uri.path) ? 'vscode.json-language-features' : 'redhat.vscode-yaml';
  return extensions.getExtension(speaker) !== undefined;
}

/** The key files are compared by. */
export function keyOf(path: string): string {
  return Uri.file(path).toString();
}
