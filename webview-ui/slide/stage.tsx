import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../shared/l10n.js';
import { facts } from './model.js';
import { mountStage } from './mount-stage.js';
import { Readouts } from './readouts.js';

/** The slide itself, what is drawn on it, and what stands over it. */
export function Stage({ children }: { children: ComponentChildren }) {
  const deep = useRef<HTMLDivElement>(null);
  const heat = useRef<HTMLCanvasElement>(null);
  const marks = useRef<HTMLCanvasElement>(null);
  // Before the first frame, not after it: the first tile is asked for that much sooner.
  useLayoutEffect(() => mountStage(facts.peek()!, { deep: deep.current!, heat: heat.current!, marks: marks.current! }), []);
  return (
    <>
      <div class="stage">
        <div class="deep" ref={deep} />
        <canvas class="over" ref={heat} aria-hidden="true" />
        <canvas class="over" ref={marks} aria-hidden="true" />
        {children}
      </div>
      <Readouts />
      <p id="keys" class="visually-hidden">{t('Arrow keys move, plus and minus zoom, 0 shows the whole slide. N and P select patches by rank, Shift with an arrow key the neighbouring patch, Escape none. 1 judges the selected patch a confirmed negative, 2 mislabelled, 3 an artefact; Backspace takes it back.')}</p>
    </>
  );
}

