import type { Random } from '../../shared/random.js';
import { Noise, smoothstep } from '../raster/noise.js';
import type { StainMap } from '../raster/stain-map.js';

/** The look of a kind of nucleus, before the luck of the single one. */
export interface NucleusKind {
  /** Haematoxylin of a mean one. */
  readonly stain: number;
  /** 0: even chromatin; 1: coarse clumps. */
  readonly clumping: number;
  /** 0: dense throughout; 1: pale within a dark rim. */
  readonly vesicular: number;
  /** Departure of the outline from an ellipse, as a share of the radius. */
  readonly irregularity: number;
  /** Chance of a nucleolus. */
  readonly nucleolus: number;
}

export interface NucleusPlace {
  readonly x: number;
  readonly y: number;
  /** Half axes, level-0 pixels. */
  readonly long: number;
  readonly short: number;
  /** Direction of the long axis, radians. */
  readonly angle: number;
}

export const lymphocyte: NucleusKind = { stain: 1.6, clumping: 0.75, vesicular: 0.1, irregularity: 0.04, nucleolus: 0 };
export const fibroblast: NucleusKind = { stain: 1.05, clumping: 0.4, vesicular: 0.15, irregularity: 0.08, nucleolus: 0 };
export const glandular: NucleusKind = { stain: 1.05, clumping: 0.55, vesicular: 0.45, irregularity: 0.04, nucleolus: 0.35 };
export const reactive: NucleusKind = { stain: 1.2, clumping: 0.8, vesicular: 0.4, irregularity: 0.035, nucleolus: 0.3 };
export const malignant: NucleusKind = { stain: 1.2, clumping: 1.3, vesicular: 0.6, irregularity: 0.085, nucleolus: 0.7 };

/** Paints nuclei one over another, as a thin section shows them. */
export class NucleusPainter {
  private readonly chromatin: Noise;

  constructor(
    private readonly map: StainMap,
    private readonly random: Random,
  ) {
    this.chromatin = new Noise(random.fork('chromatin'));
  }

  paint(kind: NucleusKind, { x, y, long, short, angle }: NucleusPlace): void {
    const { map, random } = this;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    const stain = kind.stain * Math.exp(0.2 * random.normal());
    const swing = (): number => kind.irregularity * Math.min(1.5, Math.max(-1.5, random.normal()));
    const [two, three, skew] = [swing(), swing(), swing()];
    const offset = random.between(0, 200);
    const nucleolus = random.uniform() < kind.nucleolus ? { u: random.between(-0.4, 0.4), v: random.between(-0.4, 0.4), size: random.between(1.3, 2.1) } : undefined;
    // The section catches most nuclei off their equator: their edges are soft.
    const edge = random.between(1.2, 2.6) / short;
    map.around(x, y, 1.35 * Math.max(long, short), (index, dx, dy) => {
      const u = (dx * cos + dy * sin) / long;
      const v = (dy * cos - dx * sin) / short;
      const r = Math.hypot(u, v);
      if (r > 1.35) return;
      const c = r === 0 ? 1 : u / r;
      const s = r === 0 ? 0 : v / r;
      const t = r / (1 + two * (2 * c * c - 1) + three * c * (4 * c * c - 3) + skew * s * (3 - 4 * s * s));
      const cover = 0.9 * (1 - smoothstep(1 - 0.55 * edge, 1 + 0.55 * edge, t));
      if (cover === 0) return;
      const clumps = 0.9 * this.chromatin.at(dx * 0.24 + offset, dy * 0.24) + 0.8 * this.chromatin.at(dx * 0.5, dy * 0.5 + offset);
      let density = stain * (1 - 0.48 * kind.vesicular * (1 - smoothstep(0.55, 0.95, t)) + 0.3 * kind.clumping * clumps);
      if (nucleolus) density += 0.75 * Math.exp(-((dx - nucleolus.u * short) ** 2 + (dy - nucleolus.v * short) ** 2) / nucleolus.size ** 2);
      map.cover(index, cover, Math.max(0.25, density) + 0.18 * map.haematoxylin[index], 0.16 + 0.3 * map.eosin[index]);
    });
  }
}
