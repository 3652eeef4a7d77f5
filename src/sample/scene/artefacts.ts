import type { Random } from '../../shared/random.js';
import { um } from '../raster/stain-map.js';
import type { Outline } from './outline.js';
import { Ribbon } from './ribbon.js';

/** What preparation and people left on a slide. */
export interface Artefacts {
  readonly folds: readonly Ribbon[];
  readonly pens: readonly Ribbon[];
}

/** Folds in about half of the slides, pen strokes in about a third, whatever the label. */
export function drawArtefacts(outline: Outline, random: Random): Artefacts {
  const fold = random.uniform() < 0.5 ? drawFold(outline, random.fork('fold')) : undefined;
  const pen = random.uniform() < 0.35;
  return { folds: fold ? [fold] : [], pens: pen ? [drawPen(outline.size, random.fork('pen'))] : [] };
}

/** Starts deep in the tissue and creeps both ways as long as there is tissue, thin at its ends. */
function drawFold(outline: Outline, random: Random): Ribbon | undefined {
  const thick = random.between(5, 9) * um;
  const margin = 2.5 * thick;
  const start = Array.from({ length: 60 }, () => ({ x: random.between(0, outline.size), y: random.between(0, outline.size) })).find(({ x, y }) => outline.depth(x, y) > 3 * margin);
  if (!start) return undefined;
  const angle = random.between(0, Math.PI);
  const creep = (sign: 1 | -1): { x: number; y: number }[] => {
    const points: { x: number; y: number }[] = [];
    let { x, y } = start;
    let turn = angle;
    const longest = random.between(0.08, 0.2) * outline.size;
    const step = 8 * um;
    while (points.length * step < longest) {
      turn += 0.18 * random.normal();
      x += sign * step * Math.cos(turn);
      y += sign * step * Math.sin(turn);
      if (outline.depth(x, y) < margin) break;
      points.push({ x, y });
    }
    return points;
  };
  const line = [...creep(-1).reverse(), start, ...creep(1)];
  if (line.length < 5) return undefined;
  return new Ribbon(line.map((point, i) => ({ ...point, half: thick * Math.max(0.12, Math.sin((Math.PI * i) / (line.length - 1)) ** 0.6) })));
}

/** A stroke along one edge of the slide, as someone marks a block to cut. */
function drawPen(size: number, random: Random): Ribbon {
  const half = 0.024 * size * random.between(0.8, 1.2);
  const across = size * random.between(0.07, 0.14);
  const from = size * random.between(0.1, 0.35);
  const length = size * random.between(0.25, 0.5);
  const bend = size * random.between(-0.02, 0.09);
  const sway = random.between(0, 2 * Math.PI);
  const side = random.integer(4);
  const points = Array.from({ length: 24 }, (_, i) => {
    const t = i / 23;
    const u = from + length * t;
    const v = across + bend * Math.sin(Math.PI * t) + 0.006 * size * Math.sin(sway + 9 * t);
    const [x, y] = [[u, v], [size - v, u], [u, size - v], [v, u]][side];
    return { x, y, half: half * (0.75 + 0.25 * Math.sin(7 * t)) };
  });
  return new Ribbon(points);
}
