import { availableParallelism } from 'node:os';
import type { TransferListItem, Worker } from 'node:worker_threads';

/** What a worker answers: a result, or why there is none. */
export type Answer<Result> = { readonly result: Result } | { readonly error: string };

interface Job<Request, Result> {
  readonly request: Request;
  readonly handedOver: readonly TransferListItem[];
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

/** Beyond this many threads the disk and the main thread set the pace. */
const mostWorkers = 8;
/** No tile takes longer than this, ms: what does is damage that leads the decoder astray. */
const mostTime = 10_000;

/**
 * Threads that take one request at a time and answer it with one {@link Answer}. They start with the first
 * requests and never keep the process alive by themselves.
 */
export class WorkerPool<Request, Result> {
  private readonly idle: Worker[] = [];
  private readonly waiting: Job<Request, Result>[] = [];
  private running = 0;

  /** @param patience ms for one request, before its worker is given up. */
  constructor(
    private readonly start: () => Worker,
    private readonly most = Math.min(mostWorkers, availableParallelism()),
    private readonly patience = mostTime,
  ) {}

  /** @param handedOver memory of the request that moves to the worker instead of being copied. */
  run(request: Request, handedOver: readonly TransferListItem[] = []): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ request, handedOver, resolve, reject });
      this.next();
    });
  }

  private next(): void {
    if (this.waiting.length === 0) return;
    const worker = this.idle.pop() ?? (this.running < this.most ? this.started() : undefined);
    if (worker) this.give(worker, this.waiting.shift()!);
  }

  private started(): Worker {
    this.running++;
    return this.start();
  }

  private give(worker: Worker, { request, handedOver, resolve, reject }: Job<Request, Result>): void {
    const finish = (alive: boolean): void => {
      clearTimeout(timer);
      worker.off('message', answered).off('error', failed).off('exit', ended).unref();
      if (alive) this.idle.push(worker);
      else this.running--;
      this.next();
    };
    const lose = (reason: string): void => {
      finish(false);
      void worker.terminate();
      reject(new Error(reason));
    };
    const answered = (answer: Answer<Result>): void => {
      finish(true);
      if ('result' in answer) resolve(answer.result);
      else reject(new Error(answer.error));
    };
    const failed = (error: Error): void => lose(error.message);
    const ended = (): void => lose('the decoder ended');
    const timer = setTimeout(() => lose(`decoding took more than ${this.patience / 1000} s`), this.patience);
    worker.on('message', answered).on('error', failed).on('exit', ended).ref();
    worker.postMessage(request, handedOver);
  }
}
