import type { Extras } from './contract.js';

const name = 'pseudo-bags';

/** Which instance is in which pseudo-bag [M, N], 1 or 0, drawn at random: M parts that differ by one instance at most. */
export function randomPseudoBags(count: number): Extras {
  return pseudoBags(count, (instances, random) => random.shuffle([...Array(instances).keys()]));
}

/** The same dealt out in turn, so that neighbours go to different pseudo-bags and every pass gives the same numbers. */
export function dealtPseudoBags(count: number): Extras {
  return pseudoBags(count, (instances) => [...Array(instances).keys()]);
}

function pseudoBags(count: number, order: (instances: number, random: Parameters<Extras['draw']>[1]) => number[]): Extras {
  return {
    inputs: { [name]: { shape: [count, 'instances'] } },
    draw(instances, random) {
      const data = new Float32Array(count * instances);
      const dealt = order(instances, random);
      // A bag smaller than that repeats instances: no pseudo-bag is empty.
      for (let i = 0; i < Math.max(count, instances); i++) data[(i % count) * instances + dealt[i % instances]!] = 1;
      return { [name]: { data, shape: [count, instances] } };
    },
  };
}
