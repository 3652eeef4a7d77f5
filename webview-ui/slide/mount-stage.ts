import { effect } from '@preact/signals';
import type { SlideFacts } from '../../src/shared/rpc/slides.js';
import { t } from '../shared/l10n.js';
import { themeColors, type ThemeColors } from '../shared/theme/colors.js';
import { SlideViewer } from '../shared/viewer/slide-viewer.js';
import { host } from './host.js';
import { onKey } from './keys.js';
import { failureOf } from './load.js';
import { change, hovered, judged, notice, patches, placement, pointer, selectedPlace, settings, shades, state, tissue, truth } from './model.js';
import { patchAt } from './overlay/find.js';
import type { MarkColors } from './overlay/marks.js';
import { Overlay } from './overlay/overlay.js';
import { select } from './select.js';
import { stage } from './stage-handle.js';

/** A press that moved less than this, CSS pixels, is a click. */
const clickSlack = 4;
/** A patch smaller than this on the screen, CSS pixels, is jumped to rather than shown where it is. */
const smallestSeen = 24;
/** How long the view rests before what is in sight is kept, ms. */
const rest = 300;

/** The elements of the stage. */
interface StageElements {
  readonly deep: HTMLElement;
  readonly heat: HTMLCanvasElement;
  readonly marks: HTMLCanvasElement;
}

/** Brings the stage to life. @returns what ends it. */
export function mountStage({ path, width, height }: SlideFacts, { deep, heat, marks }: StageElements): () => void {
  const overlay = new Overlay(heat, marks);
  let resting: ReturnType<typeof setTimeout> | undefined;
  const draw = (): void => {
    const at = placement.value;
    if (!at) return;
    overlay.draw(at, { settings: settings.value, patches: patches.value, shades: shades.value, tissue: tissue.value, truth: truth.value, judged: judged.value, selected: selectedPlace.value, colors: markColors(themeColors.value) });
  };
  const viewer: SlideViewer = new SlideViewer(
    deep,
    { key: path, width, height, read: (level, column, row) => host.readTile(path, level, column, row), failed: (error) => (notice.value = t('Some of this slide cannot be read. {0}', failureOf(error).message)) },
    {
      ready: () => begin(),
      moved: () => {
        // Drawn in the very frame that moved the pixels, by the effect below.
        placement.value = viewer.placement();
        clearTimeout(resting);
        resting = setTimeout(() => change({ sight: viewer.sight() }), rest);
      },
    },
  );
  const begin = (): void => {
    const { place, sight } = state.peek();
    if (place) viewer.show(around(place, 9), true);
    else if (sight) viewer.show(sight, true);
    placement.value = viewer.placement();
  };
  stage.value = {
    reveal(place, count) {
      const { x, y, width: wide, height: high } = viewer.sight();
      const seen = place.x >= x && place.y >= y && place.x + place.size <= x + wide && place.y + place.size <= y + high;
      if (!seen || place.size * viewer.placement().scale < smallestSeen) viewer.show(around(place, count));
    },
    zoomBy: (factor) => viewer.zoomBy(factor),
    panBy: (columns, rows) => viewer.panBy(columns, rows),
    fit: () => viewer.fit(),
  };
  listen(viewer);
  const stop = effect(draw);
  return () => {
    stop();
    clearTimeout(resting);
    stage.value = undefined;
    viewer.destroy();
  };
}

function around({ x, y, size }: { readonly x: number; readonly y: number; readonly size: number }, count: number) {
  const margin = (size * (count - 1)) / 2;
  return { x: x - margin, y: y - margin, width: size * count, height: size * count };
}

/** Pointer and keys on the surface of the slide. */
function listen({ surface }: SlideViewer): void {
  surface.setAttribute('role', 'application');
  surface.setAttribute('aria-label', t('Slide'));
  surface.setAttribute('aria-describedby', 'keys');
  surface.addEventListener('keydown', onKey);
  let pressed = { x: 0, y: 0 };
  const place = (event: PointerEvent): { x: number; y: number } | undefined => {
    const at = placement.peek();
    const { left, top } = surface.getBoundingClientRect();
    return at && { x: (event.clientX - left - at.left) / at.scale, y: (event.clientY - top - at.top) / at.scale };
  };
  const found = (at: { x: number; y: number } | undefined): number => {
    const all = patches.peek();
    return all && at ? patchAt(all, at.x, at.y, all.rank) : -1;
  };
  surface.addEventListener('pointermove', (event) => {
    pointer.value = place(event);
    hovered.value = found(pointer.value);
  });
  surface.addEventListener('pointerleave', () => {
    pointer.value = undefined;
    hovered.value = -1;
  });
  surface.addEventListener('pointerdown', (event) => (pressed = { x: event.clientX, y: event.clientY }));
  surface.addEventListener('pointerup', (event) => {
    const still = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < clickSlack;
    const index = still && event.button === 0 ? found(place(event)) : -1;
    if (index >= 0) select(index);
  });
}

function markColors({ background, foreground, charts }: ThemeColors): MarkColors {
  return { halo: background, grid: foreground, tissue: charts.green, truth: charts.purple, judged: foreground, hardNegative: charts.red, positive: charts.blue, selected: foreground };
}
