import { effect } from '@preact/signals';
import { RemoteError } from '../../src/shared/rpc/channel.js';
import type { SlideTarget } from '../../src/shared/rpc/slides.js';
import type { Layer } from '../../src/shared/rpc/views/slide.js';
import { messageOf } from '../../src/shared/errors.js';
import { host } from './host.js';
import { change, facts, failure, judged, notice, patches, round, selected, settings, state, tissue, truth, type Failure } from './model.js';
import { pathOf, truthPaths } from './overlay/marks.js';
import { patchFrom } from './overlay/find.js';

/** How often the judgements are looked at, ms. */
const lookEvery = 2_000;

/** Fetches what the view shows, whenever what it is about changes. An answer that comes too late is dropped. */
export function startLoading(): void {
  let known = '';
  effect(() => {
    const { target } = state.value;
    const key = JSON.stringify(target);
    if (key !== known) void describe(target);
    if (key !== known && 'path' in target) void joinRun(target);
    known = key;
  });
  effect(() => {
    const wanted = round.value;
    const run = facts.value?.run;
    const { target } = state.peek();
    if (run && wanted !== undefined && 'run' in target) void loadPatches(target.run, wanted, target.slide);
  });
  // Outlines are worked out only when they are first wanted: tissue detection reads the whole slide once.
  whenLayer('tissue', tissue, async (run, slide) => pathOf(await host.tissueOf(run, slide)));
  followJudgements();
  whenLayer('truth', truth, async (run, slide) => truthPaths(await host.truthOf(run, slide)));
}

/** Opens the slide again, as after its file was put right. */
export async function describe(target: SlideTarget): Promise<void> {
  failure.value = undefined;
  try {
    const found = await host.describeSlide(target);
    if (current(target)) facts.value = found;
  } catch (error) {
    if (current(target)) failure.value = failureOf(error);
  }
}

/** A file that the newest run knows as a slide of its cohort is shown with what the run says of it. Its pixels do not wait for that. */
async function joinRun(target: SlideTarget & { readonly path: string }): Promise<void> {
  // Without an answer the file is shown all the same.
  const slide = await host.slideOfRun(target.path).catch(() => null);
  if (slide && current(target)) change({ target: slide });
}

async function loadPatches(run: string, wanted: number, slide: string): Promise<void> {
  try {
    const found = await host.patchesOf(run, wanted, slide);
    if (round.peek() !== wanted || !current({ run, slide })) return;
    const { place } = state.peek();
    patches.value = found;
    selected.value = place ? patchFrom(found, place) : -1;
    notice.value = undefined;
  } catch (error) {
    if (current({ run, slide })) notice.value = failureOf(error).message;
  }
}

/** Others write judgements too, so they are looked at again while they are shown. */
function followJudgements(): void {
  const look = async (): Promise<void> => {
    const { target } = state.peek();
    if (!facts.peek()?.run || !settings.peek().layers.includes('judgements') || !('run' in target) || document.hidden) return;
    const found = await host.judgedOf(target.run, target.slide).catch(() => undefined);
    if (found && current(target)) judged.value = found;
  };
  setInterval(() => void look(), lookEvery);
  effect(() => {
    if (facts.value && settings.value.layers.includes('judgements')) void look();
  });
}

function whenLayer<Value>(layer: Layer, into: { value: Value | undefined; peek(): Value | undefined }, load: (run: string, slide: string) => Promise<Value>): void {
  let asked: unknown;
  effect(() => {
    const described = facts.value;
    const { target } = state.peek();
    if (!described?.run || !settings.value.layers.includes(layer) || asked === described || !('run' in target)) return;
    asked = described;
    void load(target.run, target.slide).then(
      (value) => current(target) && (into.value = value),
      (error: unknown) => current(target) && (notice.value = failureOf(error).message),
    );
  });
}

function current(target: SlideTarget): boolean {
  return JSON.stringify(state.peek().target) === JSON.stringify(target);
}

export function failureOf(error: unknown): Failure {
  const remedy = error instanceof RemoteError ? error.remedy : undefined;
  const message = messageOf(error);
  // Errors of the house carry their remedy at the end of their message; here it stands by itself.
  return { message: remedy && message.endsWith(remedy) ? message.slice(0, -remedy.length).trim() : message, remedy };
}
