import { dot, unit, type Vector } from './matrix.js';
import { macenkoVectors } from './macenko.js';
import { inOrder, sparse, type Staining } from './staining.js';

/** Price of a unit of dye, as the paper has it: most structures take one dye. */
export const sparsity = 0.1;
/** Rounds at most, and the movement of a vector below which it has settled. */
const rounds = 400;
const settled = 1e-7;

/**
 * The two stain vectors of optical densities by sparse non-negative factorisation (Vahadane et al., IEEE TMI 2016):
 * least ½‖densities − amounts · vectors‖² + λ · amounts, nothing below zero, vectors of length 1. Begun at Macenko's
 * vectors, so there is no chance in it; each round takes the exact amounts, then the best of each vector in turn.
 */
export function vahadaneVectors(densities: readonly Vector[]): Staining['vectors'] {
  const [h, e] = macenkoVectors(densities);
  let vectors: [Vector, Vector] = [positive(h), positive(e)];
  for (let round = 0; round < rounds; round++) {
    const before = vectors;
    const { amounts, mixed } = sums(densities, vectors);
    const first = better(vectors[0], amounts[0][0], mixed[0], amounts[0][1], vectors[1]);
    vectors = [first, better(vectors[1], amounts[1][1], mixed[1], amounts[1][0], first)];
    if (Math.max(moved(before[0], vectors[0]), moved(before[1], vectors[1])) < settled) break;
  }
  return inOrder(...vectors);
}

/** Sums over the pixels: amount × amount, and amount × density. */
function sums(densities: readonly Vector[], vectors: Staining['vectors']): { readonly amounts: number[][]; readonly mixed: [number[], number[]] } {
  const unmix = sparse(vectors, sparsity);
  const amounts = [[0, 0], [0, 0]];
  const mixed: [number[], number[]] = [[0, 0, 0], [0, 0, 0]];
  for (const density of densities) {
    const [h, e] = unmix(density);
    amounts[0][0] += h * h;
    amounts[0][1] += h * e;
    amounts[1][1] += e * e;
    for (const channel of [0, 1, 2] as const) {
      mixed[0][channel] += h * density[channel];
      mixed[1][channel] += e * density[channel];
    }
  }
  amounts[1][0] = amounts[0][1];
  return { amounts, mixed };
}

/** The best vector of one dye while the other stays; a dye that nothing takes stays too. */
function better(vector: Vector, own: number, mixed: readonly number[], shared: number, other: Vector): Vector {
  return own === 0 ? vector : positive([(mixed[0] - shared * other[0]) / own, (mixed[1] - shared * other[1]) / own, (mixed[2] - shared * other[2]) / own]);
}

function positive([r, g, b]: Vector): Vector {
  return unit([Math.max(0, r), Math.max(0, g), Math.max(0, b)]);
}

function moved(a: Vector, b: Vector): number {
  return 1 - dot(a, b);
}
