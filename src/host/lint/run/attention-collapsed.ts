import type { RunRule, SlideAttention } from './contract.js';

/** Slides with fewer patches have little to choose from. */
const leastPatches = 10;
/** Even: no more than this share of the attention lies elsewhere than if all patches had the same. Single: one patch has more than this. */
const even = 0.01;
const single = 0.99;
/** Collapsed: so in this share of the slides. */
const nearlyAll = 0.9;
/** Aggregators whose weights are fixed by what they are. */
const pooling: ReadonlySet<string> = new Set(['max', 'mean', 'top-k', 'lse']);

/** Attention that is the same everywhere, or all on one patch of each slide. */
export const attentionCollapsed: RunRule = {
  code: 'attention-collapsed',
  find({ experiment, judged }) {
    if (!judged || pooling.has(experiment.aggregator.kind)) return [];
    const slides = judged.attention.filter(({ attention }) => attention.length >= leastPatches);
    const share = (test: (attention: Float32Array) => boolean): number => slides.filter((slide) => test(slide.attention)).length / slides.length;
    const { round } = judged.metrics;
    if (slides.length === 0) return [];
    if (share(isEven) >= nearlyAll) {
      return [{ message: `In round ${round} attention is the same for all patches of ${counted(slides, isEven)} slides: the model averages, and its heatmaps show nothing.`, remedy: 'Look whether the losses fall at all; try a higher learning rate, features of another encoder, or more epochs.' }];
    }
    if (share(isSingle) >= nearlyAll) {
      return [{ message: `In round ${round} one patch has all the attention in ${counted(slides, isSingle)} slides, negative ones among them: the model looks at one patch a slide and its heatmaps show that patch alone.`, remedy: 'Try a lower learning rate, more weight decay or dropout in the aggregator, or stop earlier.' }];
    }
    return [];
  },
};

/** Half the sum of distances from the even share: 0 where all are the same, near 1 where one has all. */
function isEven(attention: Float32Array): boolean {
  const share = 1 / attention.length;
  return attention.reduce((sum, value) => sum + Math.abs(value - share), 0) / 2 <= even;
}

function isSingle(attention: Float32Array): boolean {
  return attention.reduce((most, value) => Math.max(most, value), 0) > single;
}

function counted(slides: readonly SlideAttention[], test: (attention: Float32Array) => boolean): string {
  return `${slides.filter(({ attention }) => test(attention)).length} of ${slides.length}`;
}
