import { randomBytes } from 'node:crypto';
import { env, l10n, Uri, type Webview, type ExtensionContext } from 'vscode';
import { connect, type Answers, type Remote } from '../../shared/rpc/channel.js';

/** The webviews there are; each is a bundle `dist/webview/<name>.js`. */
export type ViewName = 'dashboard' | 'negatives' | 'slide' | 'gallery' | 'ranking';

/** What a view is told before its first line runs. */
export interface ViewStart {
  /** Also the state a serializer gets back, so that the panel finds its subject again after a reload. */
  readonly state: unknown;
}

/**
 * Puts a view into a webview, and joins it with `ours`.
 *
 * Its content security policy: everything is forbidden but the view's own script (by nonce), its own
 * style sheet, and pictures that arrive as messages (blob:) or belong to the extension.
 */
export function mountView<View extends object, Ours extends object>(context: ExtensionContext, webview: Webview, name: ViewName, title: string, start: ViewStart, ours: Answers<Ours>): Remote<View, Ours> {
  const folder = Uri.joinPath(context.extensionUri, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  const remote = connect<View, Ours>({ post: (message) => void webview.postMessage(message), on: (listener) => void webview.onDidReceiveMessage(listener) }, ours);
  const nonce = randomBytes(16).toString('base64');
  const asset = (file: string): string => webview.asWebviewUri(Uri.joinPath(folder, file)).toString();
  const policy = [`default-src 'none'`, `script-src 'nonce-${nonce}'`, `style-src ${webview.cspSource}`, `img-src ${webview.cspSource} blob:`, `font-src ${webview.cspSource}`].join('; ');
  webview.html = `<!DOCTYPE html>
<html lang="${escape(env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<link rel="stylesheet" href="${escape(asset(`${name}.css`))}">
</head>
<body>
<main id="view" data-start="${escape(JSON.stringify({ ...start, words: l10n.bundle ?? {} }))}"></main>
<script nonce="${nonce}" src="${escape(asset(`${name}.js`))}"></script>
</body>
</html>`;
  return remote;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
