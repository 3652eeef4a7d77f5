import { connect, type Answers, type Remote } from '../../src/shared/rpc/channel.js';

interface VsCode {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCode;

interface Start {
  readonly state: unknown;
  readonly words: Readonly<Record<string, string>>;
}

/** The editor's side of this webview; it can be acquired once only. */
const vscode = acquireVsCodeApi();
const root = document.querySelector<HTMLElement>('#view')!;
const start = JSON.parse(root.dataset.start ?? '{}') as Start;

/** The element the view is drawn into. */
export const viewElement = root;

/** Strings of the editor's language, by the English ones. */
export const words: Readonly<Record<string, string>> = start.words ?? {};

/** Joins this view with the extension. */
export function connectHost<Host extends object, View extends object>(ours: Answers<View>): Remote<Host, View> {
  return connect<Host, View>({ post: (message) => vscode.postMessage(message), on: (listener) => window.addEventListener('message', ({ data }: MessageEvent<unknown>) => listener(data)) }, ours);
}

/** The state this view kept before a reload, or the one it was opened with. */
export function keptState<State>(): State {
  return (vscode.getState() ?? start.state) as State;
}

/** The state this view was opened with, however long ago. */
export function givenState<State>(): State {
  return start.state as State;
}

/** Keeps a state over reloads and hidden times; it is also what the panel is brought back with. */
export function keepState(state: unknown): void {
  vscode.setState(state);
}
