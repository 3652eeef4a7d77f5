import type { SlideSettings } from '../../../src/shared/rpc/views/slide.js';
import type { Placement } from '../../shared/viewer/slide-viewer.js';
import { drawMarks, type MarkColors, type Marked } from './marks.js';
import { paintSquares } from './paint.js';
import { rampWords } from './ramp.js';
import type { Shades } from '../../../src/shared/heat/shades.js';

/** All that is drawn over a slide. */
export interface Drawing extends Marked {
  readonly settings: SlideSettings;
  readonly shades: Shades | undefined;
  readonly colors: MarkColors;
}

/** The two canvases over the pixels of a slide: colours of patches, see-through, and marks above them. */
export class Overlay {
  private readonly heat: CanvasRenderingContext2D;
  private readonly marks: CanvasRenderingContext2D;
  private image: ImageData | undefined;
  private words = new Uint32Array(0);
  private painted: { readonly shades: Shades; readonly colors: Uint32Array } | undefined;

  constructor(heat: HTMLCanvasElement, marks: HTMLCanvasElement) {
    this.heat = heat.getContext('2d')!;
    this.marks = marks.getContext('2d')!;
  }

  /** Draws everything anew where the slide lies now. */
  draw(place: Placement, drawing: Drawing): void {
    const { clientWidth, clientHeight } = this.marks.canvas;
    const width = Math.max(1, Math.round(clientWidth * devicePixelRatio));
    const height = Math.max(1, Math.round(clientHeight * devicePixelRatio));
    for (const { canvas } of [this.heat, this.marks]) {
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
    }
    this.drawHeat(place, drawing, width, height);
    this.marks.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    this.marks.clearRect(0, 0, clientWidth, clientHeight);
    drawMarks(this.marks, { width: clientWidth, height: clientHeight }, place, drawing.settings.layers, drawing, drawing.colors);
  }

  private drawHeat({ left, top, scale }: Placement, { patches, shades, settings }: Drawing, width: number, height: number): void {
    // The opacity of all at once is the compositor's work: moving the slider paints nothing.
    this.heat.canvas.style.opacity = String(settings.opacity);
    if (!patches || !shades) return this.heat.clearRect(0, 0, width, height);
    if (this.image?.width !== width || this.image.height !== height) {
      this.image = new ImageData(width, height);
      this.words = new Uint32Array(this.image.data.buffer);
    }
    this.words.fill(0);
    const ratio = devicePixelRatio;
    paintSquares(this.words, width, height, patches, shades.order, this.colorsOf(shades), { left: left * ratio, top: top * ratio, scale: scale * ratio });
    this.heat.putImageData(this.image, 0, 0);
  }

  private colorsOf(shades: Shades): Uint32Array {
    if (this.painted?.shades !== shades) this.painted = { shades, colors: Uint32Array.from(shades.share, (share) => rampWords[Math.round(share * 255)]) };
    return this.painted.colors;
  }
}
