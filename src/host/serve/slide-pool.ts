import { stat } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';
import type { Slide } from '../../slides/contract.js';
import { openSlide } from '../../slides/open.js';

/** Slides kept open at most: each holds file handles, and a decoded image where its format has no random access. */
const most = 8;

interface Opened {
  readonly slide: Promise<Slide>;
  /** Of the file, ms; a slide that was replaced on disk is opened anew. */
  readonly modified: number;
  users: number;
  evicted: boolean;
}

/** Open slides, shared by all who read from them and closed when long unused. */
export class SlidePool {
  private readonly opened = new LRUCache<string, Opened>({
    max: most,
    dispose: (entry) => {
      entry.evicted = true;
      this.closeUnused(entry);
    },
  });

  /**
   * Lets `use` read from a slide that stays open until it is done.
   * @param path absolute. @throws HardmineError as `openSlide` does.
   */
  async use<Result>(path: string, use: (slide: Slide) => Promise<Result>): Promise<Result> {
    const entry = this.take(path, await stat(path).then(({ mtimeMs }) => mtimeMs, () => NaN));
    entry.users++;
    try {
      return await use(await entry.slide);
    } finally {
      entry.users--;
      this.closeUnused(entry);
    }
  }

  private take(path: string, modified: number): Opened {
    const known = this.opened.get(path);
    if (known?.modified === modified) return known;
    const entry: Opened = { slide: openSlide(path), modified, users: 0, evicted: false };
    this.opened.set(path, entry);
    entry.slide.catch(() => {
      if (this.opened.peek(path) === entry) this.opened.delete(path);
    });
    return entry;
  }

  private closeUnused(entry: Opened): void {
    if (entry.evicted && entry.users === 0) void entry.slide.then((slide) => slide.close()).catch(() => undefined);
  }
}
