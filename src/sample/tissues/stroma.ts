import { Grid } from '../raster/grid.js';
import { Noise, smoothstep } from '../raster/noise.js';
import { um } from '../raster/stain-map.js';
import { scatter } from '../scene/scatter.js';
import { fibroblast, lymphocyte } from './nucleus.js';
import type { Painting } from './painting.js';

/** Connective tissue over the whole outline: pink fibres in bundles, clefts, spindle nuclei along them, a few lymphocytes. */
export function paintStroma(painting: Painting): void {
  paintFibres(painting);
  paintCells(painting);
}

function paintFibres({ map, outline, fibres, texture, random }: Painting): void {
  const noise = new Noise(random.fork('looseness'));
  const looseness = new Grid(map.size, 16, (x, y) => smoothstep(-0.6, 0.7, noise.octaves(x / (150 * um), y / (150 * um), 2)));
  for (let y = 0, i = 0; y < map.size; y++) {
    for (let x = 0; x < map.size; x++, i++) {
      const cover = outline.cover(x, y);
      if (cover === 0) continue;
      const loose = looseness.at(x, y);
      const bundle = fibres.bundles.at(x, y);
      const fibre = fibres.fine.at(x, y);
      const grain = texture.at(x / 3.1, y / 3.1) + texture.at(x / 7 + 60, y / 7);
      const cleft = 1 - smoothstep(-2.3 + 1.1 * loose, -1.3 + 1.1 * loose, bundle + 0.45 * fibre + 0.3 * grain);
      const eosin = (0.47 - 0.17 * loose + 0.07 * bundle + 0.1 * fibre + 0.035 * grain) * (1 - 0.9 * cleft);
      map.eosin[i] = cover * Math.max(0.01, eosin);
      map.haematoxylin[i] = cover * Math.max(0, (0.07 + 0.045 * loose + 0.03 * fibre + 0.015 * grain) * (1 - 0.9 * cleft));
    }
  }
}

function paintCells({ map, outline, fibres, nuclei, random }: Painting): void {
  const inflammation = new Noise(random.fork('inflammation'));
  const whole = { x: map.size / 2, y: map.size / 2, reach: map.size / 2 };
  const stream = random.fork('cells');
  const cells = scatter(whole, 9 * um, (x, y) => (outline.depth(x, y) < 2 * um ? 0 : inflammation.octaves(x / (90 * um), y / (90 * um), 2) > 0.16 ? 5 * um : 9 * um), 1.6, stream);
  for (const { x, y, radius } of cells) {
    const angle = fibres.angle(x, y) + 0.25 * stream.normal();
    if (radius < 6 * um && stream.uniform() < 0.6) {
      const size = stream.between(2.5, 3.3) * um;
      nuclei.paint(lymphocyte, { x, y, long: size * stream.between(1, 1.2), short: size, angle });
    } else {
      nuclei.paint(fibroblast, { x, y, long: stream.between(4.5, 8.5) * um, short: stream.between(1.1, 1.9) * um, angle });
    }
  }
}
