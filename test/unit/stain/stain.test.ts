import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { density } from '../../../src/stain/density.js';
import { macenkoVectors } from '../../../src/stain/macenko.js';
import { dot, eigenvectors, inverse, unit, type Matrix, type Vector } from '../../../src/stain/matrix.js';
import { measureStaining, restainer } from '../../../src/stain/normalise.js';
import { percentile } from '../../../src/stain/percentile.js';
import { publishedStaining, sparse, stainedDensities, type Staining } from '../../../src/stain/staining.js';
import { sparsity, vahadaneVectors } from '../../../src/stain/vahadane.js';
import { hedUnmixing } from '../../../src/stain/vectors.js';

interface Golden {
  readonly pixels: number[];
  readonly hed: { readonly colours: Vector[]; readonly amounts: Vector[] };
  readonly macenko: { readonly vectors: Vector[]; readonly most: number[]; readonly normalised: number[] };
  readonly vahadane: { readonly vectors: Vector[]; readonly objective: number };
}

/** Made by test/golden/stain/make.py from a real slide, without our code. */
const golden = JSON.parse(readFileSync(join(import.meta.dirname, '../../golden/stain/stain.json'), 'utf8')) as Golden;
const pixels = Uint8Array.from(golden.pixels);
const densities = stainedDensities(pixels);
const largest = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

describe('matrices', () => {
  it('inverts, and finds the eigenvectors of what was built of them', () => {
    const vectors: Matrix = [unit([2, 1, 0.5]), unit([-1, 2, 0]), unit([-1, -0.5, 5])];
    const entry = (a: number, b: number): number => 9 * vectors[0][a] * vectors[0][b] + 4 * vectors[1][a] * vectors[1][b] + vectors[2][a] * vectors[2][b];
    const symmetric = [0, 1, 2].map((a) => [0, 1, 2].map((b) => entry(a, b))) as unknown as Matrix;
    eigenvectors(symmetric).forEach((vector, i) => expect(Math.abs(dot(vector, vectors[i]))).toBeCloseTo(1, 10));
    const product = inverse(symmetric).map((row) => [0, 1, 2].map((column) => row.reduce((sum, value, k) => sum + value * symmetric[k][column], 0)));
    expect(largest(product.flat(), [1, 0, 0, 0, 1, 0, 0, 0, 1])).toBeLessThan(1e-12);
  });

  it('takes percentiles between neighbours', () => {
    expect(percentile([0, 10, 20, 30], 0.5)).toBe(15);
    expect(percentile([0, 10, 20, 30], 1)).toBe(30);
    expect(percentile([7], 0.3)).toBe(7);
  });
});

describe('haematoxylin, eosin and DAB', () => {
  it('unmixes as the paper prints it (Ruifrok & Johnston 2001)', () => {
    expect(largest(hedUnmixing.flat(), [1.88, -1.02, -0.55, -0.07, 1.13, -0.13, -0.6, -0.48, 1.57])).toBeLessThan(0.02);
  });

  it('gives the amounts numpy gives', () => {
    golden.hed.colours.forEach((colour, i) => {
      const seen = colour.map((value) => density[value]);
      const amounts = [0, 1, 2].map((dye) => seen.reduce((sum, value, channel) => sum + value * hedUnmixing[channel][dye], 0));
      expect(largest(amounts, golden.hed.amounts[i])).toBeLessThan(1e-5);
    });
  });
});

describe('Macenko', () => {
  it('finds the vectors, the amounts and the pixels of the published code', () => {
    const found = measureStaining(pixels, 'macenko')!;
    expect(largest(found.vectors.flat(), golden.macenko.vectors.flat())).toBeLessThan(1e-6);
    expect(largest(found.most, golden.macenko.most)).toBeLessThan(1e-5);
    const restained = pixels.slice();
    restainer(found, publishedStaining, 'macenko')(restained);
    // Rounded to whole grey levels, of densities rounded to 1/4096.
    expect(largest(restained, golden.macenko.normalised)).toBeLessThanOrEqual(0.55);
  });

  it('does not mind which way an eigenvector points', () => {
    const reversed = macenkoVectors([...densities].reverse());
    expect(largest(reversed.flat(), golden.macenko.vectors.flat())).toBeLessThan(1e-6);
  });
});

describe('Vahadane', () => {
  const objective = (vectors: Staining['vectors']): number => {
    const unmix = sparse(vectors, sparsity);
    return densities.reduce((sum, seen) => {
      const [h, e] = unmix(seen);
      return sum + 0.5 * seen.reduce((rest, value, channel) => rest + (value - h * vectors[0][channel] - e * vectors[1][channel]) ** 2, 0) + sparsity * (h + e);
    }, 0);
  };

  it('reaches the least value another algorithm finds from ten starts, at its vectors', () => {
    const found = vahadaneVectors(densities);
    expect(objective(golden.vahadane.vectors as unknown as Staining['vectors'])).toBeCloseTo(golden.vahadane.objective, 2);
    expect(objective(found)).toBeLessThanOrEqual(golden.vahadane.objective * (1 + 1e-5));
    expect(largest(found.flat(), golden.vahadane.vectors.flat())).toBeLessThan(5e-3);
  });

  it('takes the best amounts there are: none is better a little to any side', () => {
    const { vectors } = publishedStaining;
    const unmix = sparse(vectors, sparsity);
    const cost = (seen: Vector, h: number, e: number): number => 0.5 * seen.reduce((rest, value, channel) => rest + (value - h * vectors[0][channel] - e * vectors[1][channel]) ** 2, 0) + sparsity * (h + e);
    for (const seen of densities.slice(0, 200)) {
      const [h, e] = unmix(seen);
      expect(Math.min(h, e)).toBeGreaterThanOrEqual(0);
      for (const [dh, de] of [[1e-3, 0], [-1e-3, 0], [0, 1e-3], [0, -1e-3], [1e-3, -1e-3]]) {
        if (h + dh >= 0 && e + de >= 0) expect(cost(seen, h, e)).toBeLessThanOrEqual(cost(seen, h + dh, e + de) + 1e-9);
      }
    }
  });
});

describe('bringing one staining to another', () => {
  const [h, e]: [Vector, Vector] = [unit([0.6, 0.7, 0.35]), unit([0.12, 0.9, 0.3])];
  /** Pixels of known amounts of two dyes. */
  const painted = (vectors: readonly [Vector, Vector], strength: number): Uint8Array =>
    Uint8Array.from({ length: 3 * 2000 }, (_, i) => {
      const pixel = Math.floor(i / 3);
      // Nuclei take haematoxylin, the rest eosin, some both.
      const [ah, ae] = pixel % 3 === 0 ? [0.9 + 0.3 * ((pixel % 17) / 17), 0.01] : pixel % 3 === 1 ? [0.01, 0.9 + 0.4 * ((pixel % 19) / 19)] : [0.5, 0.5];
      return Math.round(240 * Math.exp(-strength * (ah * vectors[0][i % 3] + ae * vectors[1][i % 3])) - 1);
    });

  it.each(['macenko', 'vahadane'] as const)('makes two scans of one tissue alike (%s)', (method) => {
    const one = painted([h, e], 1);
    const other = painted([unit([0.7, 0.62, 0.3]), unit([0.2, 0.85, 0.4])], 1.3);
    const apart = largest(one, other);
    const reference = measureStaining(one, method)!;
    restainer(measureStaining(other, method)!, reference, method)(other);
    expect(apart).toBeGreaterThan(30);
    expect(largest(one, other)).toBeLessThan(12);
  });

  it('leaves a slide as it is that is the reference itself', () => {
    const one = painted([h, e], 1);
    const staining = measureStaining(one, 'macenko')!;
    const same = one.slice();
    restainer(staining, staining, 'macenko')(same);
    expect(largest(one, same)).toBeLessThanOrEqual(2);
  });

  it('measures nothing on glass', () => {
    expect(measureStaining(new Uint8Array(3000).fill(244), 'macenko')).toBeUndefined();
    expect(measureStaining(new Uint8Array(0), 'vahadane')).toBeUndefined();
  });
});
