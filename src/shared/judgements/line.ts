import type { Judgement } from './format.js';

/** The line of a judgement, without its end; the same keys in the same order whoever writes it. */
export function judgementLine({ slide, x, y, size, verdict, run, round, who, time }: Judgement): string {
  return JSON.stringify({ slide, x, y, size, verdict, run, round, who, time });
}
