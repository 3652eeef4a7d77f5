import { EventEmitter, RelativePattern, workspace, type Disposable, type LogOutputChannel, type Memento } from 'vscode';
import { listRuns, newestFirst, summarizeRun, type RunSummary } from '../../shared/run/list.js';
import { heartbeatMs } from '../../shared/run/state.js';

const knownKey = 'mil.knownRuns';
/** How often the workspace is searched for runs that no watcher told of, ms: network file systems tell nothing. */
const searchEvery = 20_000;

/**
 * The runs of this workspace, as their folders say. Nothing here needs the process that trains: a run
 * started by another window, a terminal or a cluster job looks the same.
 */
export class RunStore implements Disposable {
  private runs = new Map<string, RunSummary>();
  private readonly changed = new EventEmitter<void>();
  private readonly disposables: Disposable[] = [this.changed];
  private found: Promise<void> | undefined;

  /** Told when any run appears, goes on or ends. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly state: Memento,
    private readonly log: LogOutputChannel,
  ) {}

  /** Begins to look: at once, when a watcher speaks, and by polling. */
  watch(): void {
    void this.search();
    for (const folder of workspace.workspaceFolders ?? []) {
      const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, '**/.mil/runs/*/{status,result}.json'));
      const look = (): void => this.poll(true);
      this.disposables.push(watcher, watcher.onDidCreate(look), watcher.onDidChange(look), watcher.onDidDelete(look));
    }
    const search = setInterval(() => void this.search(), searchEvery);
    const poll = setInterval(() => this.poll(false), heartbeatMs);
    this.disposables.push({ dispose: () => [search, poll].forEach(clearInterval) });
  }

  /** Newest first. */
  list(): readonly RunSummary[] {
    return newestFirst([...this.runs.values()]);
  }

  get(run: string): RunSummary | undefined {
    return this.runs.get(run);
  }

  /** Takes in a run this window started, wherever its folder lies, and remembers it. */
  add(run: string): void {
    void this.state.update(knownKey, [...new Set([...this.known(), run])]);
    this.take(run);
    this.changed.fire();
  }

  /** Searches the workspace now. @returns once done. */
  search(): Promise<void> {
    return (this.found ??= this.searchOnce().finally(() => (this.found = undefined)));
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async searchOnce(): Promise<void> {
    try {
      const lists = await Promise.all((workspace.workspaceFolders ?? []).map(({ uri }) => listRuns(uri.fsPath, Date.now())));
      for (const run of new Set([...lists.flat().map(({ run }) => run), ...this.known()])) this.take(run);
      this.changed.fire();
    } catch (error) {
      this.log.error(`Searching for runs failed: ${String(error)}`);
    }
  }

  /** Looks again at the runs that may change; `all` at those that ended too. */
  private poll(all: boolean): void {
    const before = JSON.stringify([...this.runs.values()]);
    for (const { run, state } of this.runs.values()) if (all || state === 'running' || state === 'paused' || state === 'lost') this.take(run);
    if (JSON.stringify([...this.runs.values()]) !== before) this.changed.fire();
    else if (all) void this.search();
  }

  private take(run: string): void {
    const summary = summarizeRun(run, Date.now());
    if (summary) this.runs.set(run, summary);
    else this.runs.delete(run);
  }

  private known(): readonly string[] {
    return this.state.get<string[]>(knownKey, []);
  }
}
