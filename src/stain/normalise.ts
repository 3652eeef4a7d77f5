import { macenkoVectors } from './macenko.js';
import { densityOf, leastSquares, mostOf, sparse, stainedDensities, white, type Staining, type Unmixing } from './staining.js';
import { vahadaneVectors } from './vahadane.js';

export type StainMethod = 'macenko' | 'vahadane';

/** Fewest stained pixels that vectors are drawn from. */
const fewest = 100;
/** Price of a unit of dye where amounts are read: as good as none, but it settles what both dyes could explain. */
const faint = 0.01;

/** Measures the staining of RGB pixels; undefined where too few of them are stained. */
export function measureStaining(pixels: Uint8Array, method: StainMethod): Staining | undefined {
  const densities = stainedDensities(pixels);
  if (densities.length < fewest) return undefined;
  const vectors = method === 'macenko' ? macenkoVectors(densities) : vahadaneVectors(densities);
  const most = mostOf(densities, unmixing(vectors, method));
  return most.every((amount) => amount > 0) && vectors.flat().every(Number.isFinite) ? { vectors, most } : undefined;
}

function unmixing(vectors: Staining['vectors'], method: StainMethod): Unmixing {
  return method === 'macenko' ? leastSquares(vectors) : sparse(vectors, faint);
}

/** Grey levels by optical density, from −1 (brighter than the reference light) to where nothing is left; steps far finer than a grey level. */
const perDensity = 4096;
const greys = Uint8Array.from({ length: 8 * perDensity }, (_, step) => Math.min(255, Math.round(white * Math.exp(1 - step / perDensity))));

/** Changes RGB pixels in place. */
export type Restain = (pixels: Uint8Array) => void;

/** Brings pixels stained like `from` to look as if stained like `to`: the amounts of each dye, scaled to the other's, in the other's colours. */
export function restainer(from: Staining, to: Staining, method: StainMethod): Restain {
  const unmix = unmixing(from.vectors, method);
  const [h, e] = to.vectors.map((vector, dye) => vector.map((value) => (value * to.most[dye]) / from.most[dye]));
  // What is brighter than the reference light has a density below zero, which least squares keeps.
  return (pixels) => {
    for (let i = 0; i < pixels.length; i += 3) {
      const [ah, ae] = unmix([densityOf[pixels[i]], densityOf[pixels[i + 1]], densityOf[pixels[i + 2]]]);
      for (let channel = 0; channel < 3; channel++) {
        const step = (1 + ah * h[channel] + ae * e[channel]) * perDensity + 0.5;
        pixels[i + channel] = greys[step < 0 ? 0 : step >= greys.length ? greys.length - 1 : step | 0];
      }
    }
  };
}
