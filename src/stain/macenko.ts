import { dot, eigenvectors, type Matrix, type Vector } from './matrix.js';
import { percentile } from './percentile.js';
import { inOrder, type Staining } from './staining.js';

/** The share of pixels beyond each extreme angle. */
const extreme = 0.01;

/**
 * The two stain vectors of optical densities (Macenko et al., ISBI 2009): the extreme directions, within a per cent, of
 * their projections on the plane of the two largest eigenvectors of their covariance.
 */
export function macenkoVectors(densities: readonly Vector[]): Staining['vectors'] {
  const [first, second] = eigenvectors(covariance(densities));
  // The sign of an eigenvector is arbitrary: densities shall lie on the side where angles do not jump.
  const along: Vector = first[0] + first[1] + first[2] < 0 ? [-first[0], -first[1], -first[2]] : first;
  const angles = Float64Array.from(densities, (density) => Math.atan2(dot(density, second), dot(density, along))).sort();
  const at = (angle: number): Vector => {
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    return [c * along[0] + s * second[0], c * along[1] + s * second[1], c * along[2] + s * second[2]];
  };
  return inOrder(at(percentile(angles, extreme)), at(percentile(angles, 1 - extreme)));
}

function covariance(densities: readonly Vector[]): Matrix {
  const mean = [0, 1, 2].map((channel) => densities.reduce((sum, density) => sum + density[channel], 0) / densities.length);
  const entry = (a: number, b: number): number => densities.reduce((sum, density) => sum + (density[a] - mean[a]) * (density[b] - mean[b]), 0) / (densities.length - 1);
  const row = (a: number): Vector => [entry(a, 0), entry(a, 1), entry(a, 2)];
  return [row(0), row(1), row(2)];
}
