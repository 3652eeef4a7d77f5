/** What to do with the jobs of a queue. */
export interface TileWork<Job> {
  /** Loads a job's tile; it must not reject. */
  load(job: Job): Promise<void>;
  /** Whether the tile is still worth loading when its turn comes. */
  wanted(job: Job): boolean;
  /** Takes back a job that is not, so that it can be asked for again. */
  giveBack(job: Job): void;
}

/**
 * Loads a few tiles at a time, the last asked for first: what a person looks at now comes before what they passed.
 * Tiles that went out of sight while they waited are never asked of the slide service.
 */
export class TileQueue<Job> {
  private waiting: Job[] = [];
  private loading = 0;

  constructor(
    private readonly work: TileWork<Job>,
    private readonly limit: number,
  ) {}

  add(job: Job): void {
    this.waiting.push(job);
    this.proceed();
  }

  /** Forgets a job that waits; one that is being loaded goes on. */
  remove(job: Job): void {
    this.waiting = this.waiting.filter((other) => other !== job);
  }

  private proceed(): void {
    while (this.loading < this.limit) {
      const job = this.waiting.pop();
      if (job === undefined) return;
      if (!this.work.wanted(job)) {
        this.work.giveBack(job);
        continue;
      }
      this.loading++;
      void this.work.load(job).finally(() => {
        this.loading--;
        this.proceed();
      });
    }
  }
}
