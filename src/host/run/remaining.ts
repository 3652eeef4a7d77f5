import type { RunEventBody, Stage } from '../../shared/run/events.js';

/** The stages of every round, in order; the first one of all has nothing to fine-tune on yet. */
const stagesOfRound: readonly Stage[] = ['finetune', 'embed', 'aggregate', 'score', 'mine', 'evaluate'];
/** Below this share done, the pace of a stage says little. */
const enoughProgress = 0.05;

/**
 * Guesses how long a run still takes: each stage as long as it took in the round before, the one under
 * way by its pace. The test at the end, short beside a round, is not counted.
 */
export class RemainingTime {
  private readonly took: Map<string, number>;
  private current: { readonly stage: Stage; readonly round: number; readonly began: number; progress: number } | undefined;

  /** @param earlier milliseconds of each stage in the last round before a resume. */
  constructor(
    private readonly rounds: number,
    earlier: Readonly<Record<string, number>> = {},
  ) {
    this.took = new Map(Object.entries(earlier));
  }

  /** @param now milliseconds since 1970. */
  follow(event: RunEventBody, now: number): void {
    if (event.type === 'stage-started') this.current = { stage: event.stage, round: event.round, began: now, progress: 0 };
    else if (event.type === 'progress' && this.current && event.total > 0) this.current.progress = event.done / event.total;
    else if (event.type === 'stage-finished') {
      this.took.set(event.stage, event.milliseconds);
      if (this.current) this.current.progress = 1;
    }
  }

  /** Milliseconds left; undefined while a stage is ahead that was never seen. */
  at(now: number): number | undefined {
    const { current } = this;
    if (!current) return undefined;
    if (current.stage === 'test') return this.ofCurrent(now)?.left;
    const reached = stagesOfRound.indexOf(current.stage);
    const under = this.ofCurrent(now);
    if (reached < 0 || !under) return undefined;
    const took = (stage: Stage): number => this.took.get(stage) ?? (stage === current.stage ? under.whole : NaN);
    const sum = (stages: readonly Stage[]): number => stages.reduce((total, stage) => total + took(stage), 0);
    const fullRounds = this.rounds - current.round;
    const left = under.left + sum(stagesOfRound.slice(reached + 1)) + (fullRounds > 0 ? fullRounds * sum(stagesOfRound) : 0);
    return Number.isNaN(left) ? undefined : Math.round(left);
  }

  private ofCurrent(now: number): { readonly whole: number; readonly left: number } | undefined {
    const { stage, began, progress } = this.current!;
    const elapsed = now - began;
    const before = this.took.get(stage);
    if (progress >= 1) return { whole: before ?? elapsed, left: 0 };
    const whole = progress >= enoughProgress ? elapsed / progress : before;
    return whole === undefined ? undefined : { whole, left: Math.max(0, whole - elapsed) };
  }
}
