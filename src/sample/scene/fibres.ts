import type { Random } from '../../shared/random.js';
import { Grid } from '../raster/grid.js';
import { Noise } from '../raster/noise.js';
import { um } from '../raster/stain-map.js';
import type { Outline } from './outline.js';

/** The grain of connective tissue: which way fibres run, and how they lie. Texture values have mean 0 and deviation 1. */
export interface Fibres {
  /** Direction of the fibres at a point, radians. */
  angle(x: number, y: number): number;
  /** Single fibres, about 1 µm thick. */
  readonly fine: Grid;
  /** Bundles of fibres, about 5 µm thick, and the clefts between them. */
  readonly bundles: Grid;
}

// Tissue frays a little beyond its outline.
const margin = 16 * um;

/** Draws fibres by line integral convolution: noise smeared along a flow. */
export function drawFibres(outline: Outline, random: Random): Fibres {
  const { size } = outline;
  const flow = new Noise(random.fork('flow'));
  const angleAt = (x: number, y: number): number => 3.4 * flow.octaves(x / (330 * um), y / (330 * um), 2) + 0.55 * flow.octaves(x / (45 * um), y / (45 * um) + 70, 2);
  const cos = new Grid(size, 8, (x, y) => Math.cos(angleAt(x, y)));
  const sin = new Grid(size, 8, (x, y) => Math.sin(angleAt(x, y)));
  const smear = (grain: number, step: number, samples: number, stream: Random): Grid => {
    const seeds = new Grid(size, grain, () => stream.normal());
    const stretch = 1.5 / Math.sqrt(2 * samples + 1);
    return new Grid(size, step, (x, y) => {
      if (outline.depth(x, y) < -margin) return 0;
      let sum = seeds.at(x, y);
      for (const way of [-1, 1]) {
        let u = x;
        let v = y;
        for (let i = 0; i < samples; i++) {
          const dx = cos.near(u, v);
          const dy = sin.near(u, v);
          u += way * grain * dx;
          v += way * grain * dy;
          sum += seeds.at(u, v);
        }
      }
      return stretch * sum;
    });
  };
  return {
    angle: (x, y) => Math.atan2(sin.at(x, y), cos.at(x, y)),
    fine: smear(1 * um, 2, 8, random.fork('fine')),
    bundles: smear(2.6 * um, 4, 9, random.fork('bundles')),
  };
}
