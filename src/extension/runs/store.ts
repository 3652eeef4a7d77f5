import { dirname } from 'node:path';
import { EventEmitter, RelativePattern, workspace, type Disposable, type LogOutputChannel, type Memento } from 'vscode';
import { heartbeatMs } from '../../shared/run/heartbeat.js';
import type { RunSummary } from '../../shared/run/list.js';
import { newestFirst } from '../../shared/run/order.js';
import { isAlive } from './words.js';

/** Run folders this window started outside the workspace's own places. */
const knownKey = 'mil.knownRuns';
/** Runs last seen alive: how they end is told even when that happens while no window looks. */
const aliveKey = 'mil.aliveRuns';
/** How often the workspace is searched for runs that no watcher told of, ms: network file systems tell nothing. */
const searchEvery = 20_000;

/**
 * The runs of this workspace, as their folders say. Nothing here needs the process that trains: a run
 * started by another window, a terminal or a cluster job looks the same.
 */
export class RunStore implements Disposable {
  private readonly runs = new Map<string, RunSummary>();
  private readonly alive: Set<string>;
  private readonly changed = new EventEmitter<void>();
  private readonly ended = new EventEmitter<RunSummary>();
  private readonly disposables: Disposable[] = [this.changed, this.ended];
  private found: Promise<void> | undefined;
  private searched = false;
  /** Loaded with the first search: the schemas it checks with take longer to load than all else here. */
  private reader: typeof import('../../shared/run/list.js') | undefined;

  /** Told when any run appears, goes on or ends. */
  readonly onDidChange = this.changed.event;
  /** Told once for each run that was seen alive and is so no more. */
  readonly onDidEnd = this.ended.event;

  constructor(
    private readonly state: Memento,
    private readonly log: LogOutputChannel,
  ) {
    this.alive = new Set(state.get<string[]>(aliveKey, []));
  }

  /** Begins to look: at once, when a watcher speaks, and by polling. */
  watch(): void {
    setImmediate(() => void this.search());
    for (const folder of workspace.workspaceFolders ?? []) {
      const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, '**/.mil/runs/*/{status,result}.json'));
      const look = ({ fsPath }: { readonly fsPath: string }): void => this.look(dirname(fsPath));
      this.disposables.push(watcher, watcher.onDidCreate(look), watcher.onDidChange(look), watcher.onDidDelete(look));
    }
    const search = setInterval(() => void this.search(), searchEvery);
    const poll = setInterval(() => this.poll(), heartbeatMs);
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
    void this.state.update(knownKey, [...new Set([...this.outside(), run])]);
    // A host that fails in its first second may never be seen alive.
    this.alive.add(run);
    this.look(run);
  }

  /** Looks again at one folder. */
  look(run: string): void {
    if (!this.reader) void this.search();
    else if (this.take(run)) this.changed.fire();
  }

  /** Newest first, once the workspace was searched: after a window opens {@link list} knows less for a while. */
  async known(): Promise<readonly RunSummary[]> {
    if (!this.searched || this.runs.size === 0) await this.search();
    return this.list();
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
      const { listRuns } = (this.reader ??= await import('../../shared/run/list.js'));
      const lists = await Promise.all((workspace.workspaceFolders ?? []).map(({ uri }) => listRuns(uri.fsPath, Date.now())));
      const all = new Set([...lists.flat().map(({ run }) => run), ...this.outside(), ...this.alive, ...this.runs.keys()]);
      if ([...all].filter((run) => this.take(run)).length > 0) this.changed.fire();
      this.searched = true;
    } catch (error) {
      this.log.error(`Searching for runs failed: ${String(error)}`);
    }
  }

  /** Looks again at the runs that may change by themselves. */
  private poll(): void {
    const open = [...this.runs.values()].filter((run) => isAlive(run) || run.state === 'lost');
    if (open.filter(({ run }) => this.take(run)).length > 0) this.changed.fire();
  }

  /** Reads a folder. @returns whether anything to be seen is new. */
  private take(run: string): boolean {
    const before = this.runs.get(run);
    const summary = this.reader?.summarizeRun(run, Date.now());
    if (summary) this.runs.set(run, summary);
    else this.runs.delete(run);
    if (before?.state !== summary?.state) this.log.info(`${run}: ${summary?.state ?? 'gone'}`);
    this.follow(run, summary);
    return visible(before) !== visible(summary);
  }

  private follow(run: string, summary: RunSummary | undefined): void {
    const known = this.alive.has(run);
    const alive = summary !== undefined && isAlive(summary);
    if (known === alive) return;
    if (alive) this.alive.add(run);
    else this.alive.delete(run);
    void this.state.update(aliveKey, [...this.alive]);
    if (summary && !alive) this.ended.fire(summary);
  }

  private outside(): readonly string[] {
    return this.state.get<string[]>(knownKey, []);
  }
}

/** A run without its heartbeat, which changes all the time and shows nowhere while it lives. */
function visible(summary: RunSummary | undefined): string {
  return JSON.stringify(summary && isAlive(summary) ? { ...summary, status: { ...summary.status, heartbeat: 0 } } : summary);
}
