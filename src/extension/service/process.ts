import { spawn, type ChildProcess } from 'node:child_process';
import { l10n, type Disposable, type ExtensionContext, type LogOutputChannel } from 'vscode';
import { connect, RemoteError, type Remote } from '../../shared/rpc/channel.js';
import type { WindowService } from '../../shared/rpc/service.js';
import { runtimeOf } from './runtime.js';

/** After so many crashes within `crashWindow` ms the service is not started again by itself. */
const crashLimit = 3;
const crashWindow = 60_000;

/** The one `mil serve` of this window: started at the first call, started again after a crash, given up after several. */
export class ServiceProcess implements Disposable {
  private child: ChildProcess | undefined;
  private remote: Remote<WindowService> | undefined;
  private readonly crashes: number[] = [];

  constructor(
    private readonly context: ExtensionContext,
    private readonly log: LogOutputChannel,
  ) {}

  /** The service, running. @throws RemoteError `service-crashed` after repeated crashes. */
  get calls(): Remote<WindowService> {
    return (this.remote ??= this.start());
  }

  /** Starts the service before it is asked: it takes a while to load. What is wrong with it is said when it is asked. */
  warm(): void {
    this.remote ??= this.start();
  }

  dispose(): void {
    this.child?.removeAllListeners('exit');
    this.child?.disconnect();
    this.close();
  }

  private start(): Remote<WindowService> {
    const recent = this.crashes.filter((time) => Date.now() - time < crashWindow);
    if (recent.length >= crashLimit) {
      throw new RemoteError(l10n.t('The slide service crashed {0} times within a minute.', recent.length), 'service-crashed', l10n.t('See the output "MIL" for its last words, then reload the window.'));
    }
    const { program, mil, env } = runtimeOf(this.context);
    const child = spawn(program, [mil, 'serve'], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], serialization: 'advanced', windowsHide: true });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => this.log.warn(`serve: ${text.toString().trimEnd()}`));
    child.on('error', (error) => this.ended(child, error.message));
    child.on('exit', (code, signal) => this.ended(child, signal ? `signal ${signal}` : `exit code ${code}`));
    this.log.info(`mil serve started, process ${child.pid}`);
    return connect<WindowService, object>({ post: (message) => void (child.connected && child.send(message as object)), on: (listener) => void child.on('message', listener) }, {});
  }

  private ended(child: ChildProcess, how: string): void {
    if (child !== this.child) return;
    this.crashes.push(Date.now());
    this.log.error(`mil serve ended: ${how}`);
    this.close();
  }

  private close(): void {
    this.remote?.$close(new RemoteError(l10n.t('The slide service ended.'), 'service-crashed', l10n.t('Try again; it is started anew.')));
    this.remote = undefined;
    this.child = undefined;
  }
}
