import { smoothstep } from '../raster/noise.js';
import { inkStep, um } from '../raster/stain-map.js';
import { drawBlob } from '../scene/blob.js';
import { scatter } from '../scene/scatter.js';
import { fibroblast } from './nucleus.js';
import type { Painting } from './painting.js';

/** Small vessels in the stroma: a thin wall with flat nuclei, red cells within. */
export function paintVessels(painting: Painting): void {
  const { map, outline, regions, fibres, random } = painting;
  const stream = random.fork('vessels');
  const whole = { x: map.size / 2, y: map.size / 2, reach: map.size / 2 };
  const free = (x: number, y: number): boolean => outline.depth(x, y) > 30 * um && regions.every(({ blob }) => blob.depth(x, y) < -25 * um);
  for (const { x, y } of scatter(whole, 75 * um, (u, v) => (free(u, v) ? 75 * um : 0), 3, stream)) {
    paintVessel(painting, x, y, stream.between(5, 14) * um, fibres.angle(x, y));
  }
}

function paintVessel({ map, nuclei, texture, random }: Painting, x: number, y: number, radius: number, angle: number): void {
  const stream = random.fork(`vessel/${Math.round(x)}/${Math.round(y)}`);
  const vessel = drawBlob(x, y, { radius, elongation: stream.between(1.2, 2.4), angle, roughness: 0.06 }, stream);
  const wall = 2.2 * um + 0.12 * radius;
  map.around(x, y, vessel.reach + wall, (index, dx, dy) => {
    const depth = vessel.depth(x + dx, y + dy);
    const inWall = smoothstep(-wall, -wall + 2, depth) * (1 - smoothstep(-1, 1, depth));
    map.cover(index, 0.8 * inWall, 0.1, 0.52 + 0.1 * texture.at((x + dx) / 6, (y + dy) / 6));
    map.cover(index, smoothstep(-1, 1, depth), 0.01, 0.05);
  });
  for (let cell = Math.round((2 * Math.PI * radius) / (9 * um)); cell > 0; cell--) {
    const turn = stream.between(0, 2 * Math.PI);
    const r = vessel.radius(Math.cos(turn), Math.sin(turn)) + 0.5 * um;
    nuclei.paint(fibroblast, { x: x + r * Math.cos(turn), y: y + r * Math.sin(turn), long: stream.between(3, 4.5) * um, short: 1.3 * um, angle: turn + Math.PI / 2 });
  }
  const fill = stream.between(0.2, 1.6);
  for (const cell of scatter({ x, y, reach: vessel.reach }, 3 * um, (u, v) => (vessel.depth(u, v) > 3 * um ? stream.between(2.4, 3) * um : 0), fill, stream)) {
    const strength = stream.between(0.55, 0.85);
    map.around(cell.x, cell.y, 3.6 * um, (index, dx, dy) => {
      const r = Math.hypot(dx, dy) / (3.1 * um);
      const disc = strength * (1 - smoothstep(0.85, 1.1, r)) * (0.75 + 0.25 * smoothstep(0.1, 0.7, r));
      map.blood[index] = Math.max(map.blood[index], Math.round(disc / inkStep));
    });
  }
}
