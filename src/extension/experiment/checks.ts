import { EventEmitter, languages, RelativePattern, Uri, workspace, type DiagnosticCollection, type Disposable, type TextDocument } from 'vscode';
import { readFileSync } from 'node:fs';
import { dirname, basename } from 'node:path';
import type { Diagnostic as Found } from '../../shared/diagnostics.js';
import { messageOf } from '../../shared/errors.js';
import type { Session } from '../session.js';
import { isExperiment, keyOf, schemaIsSpokenFor } from './files.js';
import { Finding } from './findings.js';

/** How long typing must rest before the text is looked at, and before the files it names are, ms. */
const lintAfter = 200;
const checkAfter = 1000;

/** An experiment as the checks see it: open in the editor, or read from the disk. */
type ExperimentText = Pick<TextDocument, 'uri' | 'getText'>;

/** What is known against one experiment. */
interface Checked {
  /** Counts the looks; an answer to an older question is dropped. */
  turn: number;
  timers: NodeJS.Timeout[];
  own: readonly Found[];
  /** Of the files the experiment names. */
  foreign: readonly Found[];
  files: readonly string[];
  watchers: Disposable[];
  /** It is not open: only what it finds in tables is shown. */
  closed: boolean;
}

/** What the language speakers beside us say already: a second voice would only repeat it. */
const syntaxCodes: ReadonlySet<string> = new Set(['syntax', 'duplicate-key']);

/**
 * The findings of `mil check` about every open experiment, as problems of the editor: the text's own at
 * each pause of typing, those of the cohort when the file is opened, rested or saved, and when a table
 * it names changes. All is computed in the service process.
 */
export class ExperimentChecks implements Disposable {
  private readonly collection: DiagnosticCollection = languages.createDiagnosticCollection('mil');
  private readonly experiments = new Map<string, Checked>();
  private readonly checked = new EventEmitter<void>();
  private readonly disposables: Disposable[] = [this.collection, this.checked];

  /** Told when an experiment was looked at with the files it names, or is no longer. */
  readonly onDidCheck = this.checked.event;

  constructor(private readonly session: Pick<Session, 'service' | 'log'>) {}

  /** Begins to watch documents. */
  watch(): void {
    const { disposables } = this;
    disposables.push(
      workspace.onDidOpenTextDocument((document) => (isExperiment(document) ? this.look(document, 0) : this.publish(document.uri.fsPath))),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => contentChanges.length > 0 && isExperiment(document) && this.look(document, lintAfter)),
      workspace.onDidSaveTextDocument((document) => isExperiment(document) && this.look(document, 0)),
      workspace.onDidCloseTextDocument((document) => this.forget(document)),
      workspace.onDidGrantWorkspaceTrust(() => this.lookAtAll()),
    );
    this.lookAtAll();
  }

  /** Looks at an experiment that is not open, on behalf of a table it may name. */
  attend(file: string): void {
    const key = keyOf(file);
    if (this.experiments.has(key)) return;
    this.look({ uri: Uri.file(file), getText: () => readFileSync(file, 'utf8') }, 0);
  }

  /** Forgets the experiments that were looked at on behalf of tables, but for `files`. */
  attendOnly(files: readonly string[]): void {
    const kept = new Set(files.map(keyOf));
    for (const [key, { closed }] of this.experiments) if (closed && !kept.has(key)) this.forget({ uri: Uri.parse(key) });
  }

  /** The experiments, of those looked at, that name a file. */
  namersOf(file: string): string[] {
    const key = keyOf(file);
    return [...this.experiments].flatMap(([experiment, { files }]) => (files.some((named) => keyOf(named) === key) ? [Uri.parse(experiment).fsPath] : []));
  }

  /** Checks now, files and all, the slides' pictures too. @returns what was found, in every file. */
  async check(document: TextDocument): Promise<readonly Found[]> {
    const checked = this.checkedOf(document);
    await this.checkFiles(document, checked, ++checked.turn, true);
    return [...checked.own, ...checked.foreign];
  }

  dispose(): void {
    for (const checked of this.experiments.values()) release(checked);
    for (const disposable of this.disposables) disposable.dispose();
  }

  private lookAtAll(): void {
    for (const document of workspace.textDocuments) if (isExperiment(document)) this.look(document, 0);
  }

  private look(document: ExperimentText, wait: number): void {
    const checked = this.checkedOf(document);
    const turn = ++checked.turn;
    checked.timers.forEach(clearTimeout);
    checked.timers = checked.closed ? [] : [setTimeout(() => void this.lint(document, checked, turn), wait)];
    // Slides of a workspace nobody trusts are not opened behind anybody's back.
    if (workspace.isTrusted) checked.timers.push(setTimeout(() => void this.checkFiles(document, checked, turn, false), wait === 0 ? 0 : checkAfter));
  }

  private async lint(document: ExperimentText, checked: Checked, turn: number): Promise<void> {
    const found = await this.ask(() => this.session.service.calls.lintExperiment(document.uri.fsPath, document.getText()));
    if (!found || turn !== checked.turn) return;
    checked.own = found;
    this.publish(document.uri.fsPath);
  }

  private async checkFiles(document: ExperimentText, checked: Checked, turn: number, readSlides: boolean): Promise<void> {
    const file = document.uri.fsPath;
    const found = await this.ask(async () => this.session.service.calls.checkExperiment(file, document.getText(), readSlides));
    if (!found || turn !== checked.turn) return;
    const before = checked.foreign;
    checked.own = checked.closed ? [] : found.diagnostics.filter(({ place }) => keyOf(place.file ?? file) === keyOf(file));
    // An experiment with errors names no files: what was known of them stays until it is whole again.
    if (found.files.length > 0) {
      checked.foreign = found.diagnostics.filter(({ place }) => keyOf(place.file ?? file) !== keyOf(file));
      this.watchFiles(document, checked, found.files);
    }
    for (const path of new Set([file, ...[...before, ...checked.foreign].flatMap(({ place }) => place.file ?? [])])) this.publish(path);
    this.checked.fire();
  }

  /** Tables may lie outside the workspace, where only a watcher of their own folder sees them. */
  private watchFiles(document: ExperimentText, checked: Checked, files: readonly string[]): void {
    if (files.join('\n') === checked.files.join('\n')) return;
    checked.watchers.forEach((watcher) => void watcher.dispose());
    checked.files = files;
    checked.watchers = files.flatMap((file) => {
      const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.file(dirname(file)), basename(file)));
      const look = (): void => this.look(document, 0);
      return [watcher, watcher.onDidCreate(look), watcher.onDidChange(look), watcher.onDidDelete(look)];
    });
  }

  private forget(document: Pick<TextDocument, 'uri'>): void {
    const key = keyOf(document.uri.fsPath);
    const checked = this.experiments.get(key);
    if (!checked) return;
    release(checked);
    this.experiments.delete(key);
    for (const path of [document.uri.fsPath, ...checked.foreign.flatMap(({ place }) => place.file ?? [])]) this.publish(path);
    this.checked.fire();
  }

  /** Shows what all experiments know of one file; several may name the same table. */
  private publish(path: string): void {
    const key = keyOf(path);
    const document = workspace.textDocuments.find(({ uri }) => keyOf(uri.fsPath) === key);
    const silent = document !== undefined && isExperiment(document) && schemaIsSpokenFor(document);
    const findings = new Map<string, Finding>();
    for (const [experiment, { own, foreign }] of this.experiments) {
      for (const found of experiment === key ? own : foreign.filter(({ place }) => place.file !== undefined && keyOf(place.file) === key)) {
        if (silent && syntaxCodes.has(found.code)) continue;
        const { place, code, message } = found;
        findings.set(JSON.stringify([place.line, place.column, code, message]), new Finding(found, document, Uri.parse(experiment).fsPath));
      }
    }
    this.collection.set(Uri.file(path), [...findings.values()]);
  }

  private checkedOf(document: ExperimentText): Checked {
    const key = keyOf(document.uri.fsPath);
    let checked = this.experiments.get(key);
    const closed = !workspace.textDocuments.some(({ uri }) => keyOf(uri.fsPath) === key);
    if (checked) checked.closed = closed;
    else this.experiments.set(key, (checked = { turn: 0, timers: [], own: [], foreign: [], files: [], watchers: [], closed }));
    return checked;
  }

  private async ask<T>(call: () => Promise<T>): Promise<T | undefined> {
    try {
      return await call();
    } catch (error) {
      this.session.log.warn(`Checking an experiment failed: ${messageOf(error)}`);
      return undefined;
    }
  }
}

function release({ timers, watchers }: Checked): void {
  timers.forEach(clearTimeout);
  watchers.forEach((watcher) => void watcher.dispose());
}
