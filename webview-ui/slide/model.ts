import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { JudgedPlaces, SlideFacts, SlidePatches } from '../../src/shared/rpc/slides.js';
import type { Layer, PatchPlace, SlideSettings, SlideState } from '../../src/shared/rpc/views/slide.js';
import { keepState, keptState } from '../shared/host.js';
import type { Placement } from '../shared/viewer/slide-viewer.js';
import { pathOf, truthPaths } from './overlay/marks.js';
import { shadesOf, type Shades } from '../../src/shared/heat/shades.js';

const firstSettings: SlideSettings = { measure: 'score', scale: 'percentile', opacity: 0.5, layers: ['mined'] };

/** What the panel is about; kept over reloads. */
export const state = signal(keptState<SlideState>());
export const settings = computed(() => state.value.settings ?? firstSettings);

/** The slide as the service described it; undefined until then. */
export const facts = signal<SlideFacts | undefined>(undefined);
/** Why there is no slide, or why some of it is missing. */
export const failure = signal<Failure | undefined>(undefined);
export const notice = signal<string | undefined>(undefined);

export const patches = signal<SlidePatches | undefined>(undefined);
export const tissue = signal<ReturnType<typeof pathOf> | undefined>(undefined);
export const judged = signal<JudgedPlaces | undefined>(undefined);
export const truth = signal<ReturnType<typeof truthPaths> | undefined>(undefined);

/** Positions in the patches; -1 for none. */
export const selected = signal(-1);
export const hovered = signal(-1);
/** What happened, for screen readers. */
export const announced = signal('');
/** Under the pointer, level-0 pixels. */
export const pointer = signal<{ readonly x: number; readonly y: number } | undefined>(undefined);
export const placement = signal<Placement | undefined>(undefined);

export interface Failure {
  readonly message: string;
  readonly remedy: string | undefined;
}

/** The round whose scores are shown; undefined where none scored the slide. */
export const round = computed(() => state.value.round ?? facts.value?.run?.rounds.at(-1));

/** The patches on the colour ramp; undefined where nothing is coloured. */
export const shades: ReadonlySignal<Shades | undefined> = computed(() => {
  const { measure, scale } = settings.value;
  return patches.value && measure !== 'none' ? shadesOf(patches.value, measure, scale) : undefined;
});

/** Where the selected patch lies. */
export const selectedPlace: ReadonlySignal<PatchPlace | undefined> = computed(() => {
  const all = patches.value;
  const i = selected.value;
  return all && i >= 0 ? { x: all.x[i], y: all.y[i], size: all.size[i] } : state.value.place;
});

/** Turns the view to another slide, round or patch; how it is set up stays. */
export function show(next: SlideState): void {
  const { settings: chosen, target } = state.value;
  const other = JSON.stringify(target) !== JSON.stringify(next.target);
  update({ ...(other ? {} : state.value), ...next, ...(chosen ? { settings: chosen } : {}) }, other);
}

/** Changes a part of the state and keeps it. */
export function change(part: Partial<SlideState>): void {
  update({ ...state.value, ...part }, false);
}

export function choose(part: Partial<SlideSettings>): void {
  change({ settings: { ...settings.value, ...part } });
}

export function toggle(layer: Layer): void {
  const { layers } = settings.value;
  choose({ layers: layers.includes(layer) ? layers.filter((other) => other !== layer) : [...layers, layer] });
}

function update(next: SlideState, other: boolean): void {
  if (other) {
    facts.value = undefined;
    clearSlide();
  }
  state.value = next;
  keepState(next);
}

/** Forgets what belonged to the slide before. */
function clearSlide(): void {
  failure.value = notice.value = patches.value = tissue.value = truth.value = judged.value = pointer.value = placement.value = undefined;
  selected.value = hovered.value = -1;
}
