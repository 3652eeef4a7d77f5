import type { Frame } from 'playwright-core';

/** How far what is drawn over the slide lies from what it belongs to, in screen pixels. */
export interface EdgeErrors {
  /** As the view says it. */
  readonly zoom: string;
  /** Edges compared. */
  readonly count: number;
  readonly largest: number;
  /** With sign: a shift of everything shows here. */
  readonly meanX: number;
  readonly meanY: number;
  /** Squares whose colour is not the one of their patch. */
  readonly miscoloured: number;
}

/**
 * Compares the edges of the squares in the slide's pixels with those of the colours over them, along rows and
 * columns of the two canvases. The pixels' edges are found to a fraction of a pixel, where their green crosses
 * the middle between square and paper.
 */
export function measureEdges(frame: Frame): Promise<EdgeErrors> {
  return frame.evaluate(() => {
    const canvas = (selector: string): HTMLCanvasElement => document.querySelector<HTMLCanvasElement>(selector)!;
    const [slide, heat] = [canvas('.deep canvas'), canvas('canvas.over')];
    if (slide.width !== heat.width || slide.height !== heat.height) throw new Error(`The canvases differ: ${slide.width} × ${slide.height}, ${heat.width} × ${heat.height}.`);
    const { width, height } = slide;
    const [pixels, colours] = [slide, heat].map((each) => each.getContext('2d')!.getImageData(0, 0, width, height).data);
    const errors: { x: number[]; y: number[] } = { x: [], y: [] };
    let miscoloured = 0;
    const along = (axis: 'x' | 'y', line: number): void => {
      const length = axis === 'x' ? width : height;
      const at = (place: number, side = line): number => (axis === 'x' ? side * width + place : place * width + side) * 4;
      const painted = (place: number, side = line): boolean => colours[at(place, side) + 3] > 0;
      for (let place = 4; place < length - 4; place++) {
        if (painted(place) === painted(place - 1)) continue;
        // Only edges that cross the line: near a corner there is nothing to compare.
        if ([-4, 4].some((side) => painted(place, line + side) !== painted(place) || painted(place - 1, line + side) !== painted(place - 1))) continue;
        let nearest = Infinity;
        for (let near = place - 4; near < place + 3; near++) {
          const [a, b] = [pixels[at(near) + 1], pixels[at(near + 1) + 1]];
          if (a >= 128 === b >= 128) continue;
          const crossing = near + 0.5 + (a - 127.5) / (a - b);
          if (Math.abs(crossing - place) < Math.abs(nearest)) nearest = crossing - place;
        }
        errors[axis].push(nearest);
        const inside = painted(place) ? place + 3 : place - 4;
        const red = pixels[at(inside)] > pixels[at(inside) + 2];
        // High scores are yellow, far from blue; low ones are violet.
        const yellow = colours[at(inside) + 1] > colours[at(inside) + 2];
        if (red !== yellow) miscoloured++;
      }
    };
    for (let line = 5; line < height - 5; line += 3) along('x', line);
    for (let line = 5; line < width - 5; line += 3) along('y', line);
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
    const all = [...errors.x, ...errors.y];
    return { zoom: document.querySelector('.zoom')!.textContent ?? '', count: all.length, largest: all.reduce((most, value) => Math.max(most, Math.abs(value)), 0), meanX: mean(errors.x), meanY: mean(errors.y), miscoloured };
  });
}

/** Waits until nothing moves or sharpens any more. */
export async function settle(frame: Frame): Promise<void> {
  await frame.evaluate(async () => {
    const picture = (): string => document.querySelector<HTMLCanvasElement>('.deep canvas')!.toDataURL('image/jpeg', 0.5);
    const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
    for (let before = '', same = 0; same < 4; ) {
      await wait(250);
      const now = picture();
      same = now === before ? same + 1 : 0;
      before = now;
    }
  });
}
