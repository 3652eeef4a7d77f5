/** Paintings that wait, the oldest first. */
const waiting = new Set<() => void>();
let frame = 0;

/** Runs a painting when its turn comes: one a frame, so that a page full of charts never holds up what a person moves. */
export function paintInTurn(paint: () => void): void {
  waiting.add(paint);
  frame ||= requestAnimationFrame(next);
}

/** Takes back a painting that was not run yet. */
export function leaveTurn(paint: () => void): void {
  waiting.delete(paint);
}

function next(): void {
  const [paint] = waiting;
  if (paint) waiting.delete(paint);
  frame = waiting.size > 0 ? requestAnimationFrame(next) : 0;
  paint?.();
}
