import { Presets, SingleBar } from 'cli-progress';
import { formatDuration } from '../../shared/units.js';
import { note } from '../terminal/print.js';
import type { EmbedView } from './embed-cohort.js';

/** How fast it goes, and for how long yet. The slides to come are taken to have as many patches as those embedded so far. */
export class Pace {
  private readonly started: number;
  private readonly counts: number[] = [];
  private embedded = 0;
  private left: number;

  /** @param slides of the cohort. @param now milliseconds. */
  constructor(
    readonly slides: number,
    private readonly now: () => number,
  ) {
    this.left = slides;
    this.started = now();
  }

  get done(): number {
    return this.slides - this.left;
  }

  begin(patches: number): void {
    this.counts.push(patches);
  }

  add(patches: number): void {
    this.embedded += patches;
  }

  end(): void {
    this.left--;
  }

  /** `84 patches/s, 1 h 20 min left`; empty before the first batch. */
  toString(): string {
    const seconds = (this.now() - this.started) / 1000;
    if (this.embedded === 0 || seconds <= 0) return '';
    const begun = this.counts.reduce((sum, count) => sum + count, 0);
    const rate = this.embedded / seconds;
    const inProgress = begun > this.embedded ? 1 : 0;
    const toCome = begun - this.embedded + ((this.left - inProgress) * begun) / this.counts.length;
    return `${rate < 10 ? rate.toFixed(1) : Math.round(rate)} patches/s, ${formatDuration((1000 * Math.max(0, toCome)) / rate)} left`;
  }
}

/** A line a slide, for pipes and log files. */
export function linesView(pace: Pace): EmbedView {
  const sizes = new Map<string, number>();
  return {
    slide(id, patches) {
      pace.begin(patches);
      sizes.set(id, patches);
    },
    patches: (count) => pace.add(count),
    done(id, how) {
      pace.end();
      const what = how === 'known' ? 'there already' : `${sizes.get(id)} patches`;
      note([`${pace.done}/${pace.slides} ${id}: ${what}`, `${pace}`].filter(Boolean).join('; '));
    },
    failed(id, error) {
      pace.end();
      note(`${pace.done}/${pace.slides} ${id}: ${error.code}: ${error.what}`);
    },
  };
}

/** A bar for the slide under way, and above it the lines of what is done. */
export function barView(pace: Pace): EmbedView & { close(): void } {
  const bar = new SingleBar({ format: '{slide} {bar} {value}/{total} patches {pace}', hideCursor: true, clearOnComplete: true, barsize: 24, emptyOnZero: true }, Presets.shades_classic);
  const lines = linesView(pace);
  const above = (write: () => void): void => {
    bar.stop();
    write();
  };
  return {
    slide(id, patches) {
      lines.slide(id, patches);
      bar.start(patches, 0, { slide: `${pace.done + 1}/${pace.slides} ${id}`, pace: `${pace}` });
    },
    patches(count) {
      lines.patches(count);
      bar.increment(count, { pace: `${pace}` });
    },
    done: (id, how) => above(() => lines.done(id, how)),
    failed: (id, error) => above(() => lines.failed(id, error)),
    close: () => bar.stop(),
  };
}
