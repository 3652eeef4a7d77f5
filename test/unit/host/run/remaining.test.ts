import { describe, expect, it } from 'vitest';
import { RemainingTime } from '../../../../src/host/run/remaining.js';
import type { Stage } from '../../../../src/shared/run/events.js';

/** Lets a run live through stages of given lengths. @returns when they are over. */
function live(time: RemainingTime, round: number, stages: readonly (readonly [Stage, number])[], start: number): number {
  return stages.reduce((now, [stage, milliseconds]) => {
    time.follow({ type: 'stage-started', stage, round }, now);
    time.follow({ type: 'stage-finished', stage, round, milliseconds }, now + milliseconds);
    return now + milliseconds;
  }, start);
}

const first = [['embed', 100], ['aggregate', 50], ['score', 20], ['mine', 10], ['evaluate', 20]] as const;

describe('the time a run still takes', () => {
  it('is not guessed before each stage was seen', () => {
    const time = new RemainingTime(3);
    expect(time.at(0)).toBeUndefined();
    const now = live(time, 1, first, 0);
    expect(time.at(now)).toBeUndefined();
    time.follow({ type: 'stage-started', stage: 'finetune', round: 2 }, now);
    expect(time.at(now)).toBeUndefined();
  });

  it('goes by the pace of the stage under way and the round before', () => {
    const time = new RemainingTime(3);
    const now = live(time, 1, first, 0);
    time.follow({ type: 'stage-started', stage: 'finetune', round: 2 }, now);
    time.follow({ type: 'progress', stage: 'finetune', round: 2, done: 1, total: 4, unit: 'steps' }, now + 100);
    // 400 in all for fine-tuning: 300 left of it, 200 for the rest of the round, 600 for the third.
    expect(time.at(now + 100)).toBe(300 + 200 + 600);
    const later = live(time, 2, [['finetune', 300], ...first], now);
    expect(time.at(later)).toBe(500);
    expect(time.at(live(time, 3, [['finetune', 300], ...first], later))).toBe(0);
  });

  it('is known at once when a run is resumed, and never below 0', () => {
    const time = new RemainingTime(2, { finetune: 40, ...Object.fromEntries(first) });
    time.follow({ type: 'stage-started', stage: 'finetune', round: 2 }, 0);
    expect(time.at(10)).toBe(30 + 200);
    expect(time.at(1000)).toBe(200);
  });
});
