import type { Random } from '../../shared/random.js';
import { Grid } from '../raster/grid.js';
import { Noise } from '../raster/noise.js';
import { um } from '../raster/stain-map.js';

/** The grain of connective tissue: which way fibres run, and how they lie. Texture values have mean 0 and deviation 1. */
export interface Fibres {
  /** Direction of the fibres at a point, radians. */
  angle(x: number, y: number): number;
  /** Single fibres, about 1 µm thick. */
  readonly fine: Grid;
  /** Bundles of fibres, about 5 µm thick, and the clefts between them. */
  readonly bundles: Grid;
}

/** Draws fibres by line integral convolution: noise smeared along a flow. */
export function drawFibres(size: number, random: Random): Fibres {
  const flow = new Noise(random.fork('flow'));
  const angleAt = (x: number, y: number): number => 4.2 * flow.octaves(x / (230 * um), y / (230 * um), 3) + 0.8 * flow.at(x / (32 * um), y / (32 * um));
  const cos = new Grid(size, 16, (x, y) => Math.cos(angleAt(x, y)));
  const sin = new Grid(size, 16, (x, y) => Math.sin(angleAt(x, y)));
  const smear = (grain: number, step: number, samples: number, stream: Random): Grid => {
    const seeds = new Grid(size, grain, () => stream.normal());
    const stretch = 1.5 / Math.sqrt(2 * samples + 1);
    return new Grid(size, step, (x, y) => {
      let sum = seeds.at(x, y);
      for (const way of [-1, 1]) {
        let u = x;
        let v = y;
        for (let i = 0; i < samples; i++) {
          const dx = cos.at(u, v);
          const dy = sin.at(u, v);
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
    fine: smear(1.1 * um, 2, 9, random.fork('fine')),
    bundles: smear(3.2 * um, 4, 9, random.fork('bundles')),
  };
}
