import type { Random } from '../../shared/random.js';

const rays = 96;

/** An irregular round shape: a radius in every direction from a centre, level-0 pixels. */
export class Blob {
  /** Largest radius. */
  readonly reach: number;
  /** Smallest radius. */
  readonly waist: number;

  constructor(
    readonly x: number,
    readonly y: number,
    private readonly radii: Float32Array,
  ) {
    this.reach = radii.reduce((a, b) => Math.max(a, b));
    this.waist = radii.reduce((a, b) => Math.min(a, b));
  }

  /** Radius in the direction of (dx, dy). */
  radius(dx: number, dy: number): number {
    const turn = (Math.atan2(dy, dx) / (2 * Math.PI) + 1) * rays;
    const ray = Math.floor(turn);
    const next = this.radii[(ray + 1) % rays];
    const here = this.radii[ray % rays];
    return here + (turn - ray) * (next - here);
  }

  /** How far (x, y) lies inside, along its ray; negative outside. */
  depth(x: number, y: number): number {
    const dx = x - this.x;
    const dy = y - this.y;
    return this.radius(dx, dy) - Math.hypot(dx, dy);
  }

  /** The closed outline, moved outward by `margin` pixels. */
  outline(margin = 0): [number, number][] {
    return Array.from({ length: rays + 1 }, (_, ray): [number, number] => {
      const angle = (2 * Math.PI * (ray % rays)) / rays;
      const radius = this.radii[ray % rays] + margin;
      return [this.x + radius * Math.cos(angle), this.y + radius * Math.sin(angle)];
    });
  }

  /** The same shape, drawn in wherever it would leave `room` (pixels free in a direction given by its cosine and sine). */
  within(room: (cos: number, sin: number) => number): Blob {
    const limited = this.radii.map((radius, ray) => Math.min(radius, room(Math.cos((2 * Math.PI * ray) / rays), Math.sin((2 * Math.PI * ray) / rays))));
    // The least of the neighbours keeps inside; their mean takes the teeth off.
    const least = limited.map((_, i) => Math.min(limited[(i + rays - 1) % rays], limited[i], limited[(i + 1) % rays]));
    return new Blob(this.x, this.y, limited.map((radius, i) => Math.min(radius, (least[(i + rays - 1) % rays] + least[i] + least[(i + 1) % rays]) / 3)));
  }
}

export interface BlobForm {
  /** Mean radius, level-0 pixels. */
  readonly radius: number;
  /** Long over short axis. */
  readonly elongation?: number;
  /** Direction of the long axis, radians. */
  readonly angle?: number;
  /** 0 is an ellipse, 0.3 a leaf of ivy. */
  readonly roughness: number;
}

/** A blob whose outline swings in ever finer and fainter waves. */
export function drawBlob(x: number, y: number, form: BlobForm, random: Random): Blob {
  const waves = Array.from({ length: 7 }, (_, i) => ({ count: i + 2, height: (form.roughness * random.normal()) / (i + 2) ** 0.9, phase: random.between(0, 2 * Math.PI) }));
  const stretch = Math.sqrt(form.elongation ?? 1);
  const turn = form.angle ?? 0;
  const radii = Float32Array.from({ length: rays }, (_, ray) => {
    const angle = (2 * Math.PI * ray) / rays;
    const ellipse = 1 / Math.hypot(Math.cos(angle - turn) / stretch, Math.sin(angle - turn) * stretch);
    const swing = waves.reduce((sum, { count, height, phase }) => sum + height * Math.cos(count * angle + phase), 1);
    return form.radius * ellipse * Math.max(0.45, swing);
  });
  return new Blob(x, y, radii);
}
