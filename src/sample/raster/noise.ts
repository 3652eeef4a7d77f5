import type { Random } from '../../shared/random.js';

const period = 256;

/** Smooth random fields over the plane (gradient noise on a lattice of unit cells), fixed once drawn. */
export class Noise {
  private readonly permutation = new Uint8Array(2 * period);
  private readonly gradientX = new Float32Array(period);
  private readonly gradientY = new Float32Array(period);

  constructor(random: Random) {
    const order = random.shuffle(Array.from({ length: period }, (_, i) => i));
    for (let i = 0; i < period; i++) {
      this.permutation[i] = this.permutation[i + period] = order[i];
      const angle = random.between(0, 2 * Math.PI);
      this.gradientX[i] = Math.cos(angle);
      this.gradientY[i] = Math.sin(angle);
    }
  }

  /** Value at a point, about −1 to 1 with mean 0; features are about one unit wide. */
  at(x: number, y: number): number {
    const left = Math.floor(x);
    const top = Math.floor(y);
    const u = x - left;
    const v = y - top;
    const column = left & (period - 1);
    const row = top & (period - 1);
    const here = this.permutation[column];
    const next = this.permutation[column + 1];
    const a = this.slope(here + row, u, v);
    const b = this.slope(next + row, u - 1, v);
    const c = this.slope(here + row + 1, u, v - 1);
    const d = this.slope(next + row + 1, u - 1, v - 1);
    const s = u * u * u * (u * (6 * u - 15) + 10);
    const t = v * v * v * (v * (6 * v - 15) + 10);
    const upper = a + s * (b - a);
    return 1.5 * (upper + t * (c + s * (d - c) - upper));
  }

  /** Sum of octaves, each twice as fine and half as strong; about −1 to 1. */
  octaves(x: number, y: number, count: number): number {
    let sum = 0;
    let weight = 0.5;
    for (let i = 0; i < count; i++) {
      sum += weight * this.at(x, y);
      x = 2 * x + 37.7;
      y = 2 * y + 11.3;
      weight /= 2;
    }
    return 1.4 * sum;
  }

  private slope(hash: number, u: number, v: number): number {
    const i = this.permutation[hash];
    return this.gradientX[i] * u + this.gradientY[i] * v;
  }
}

/** 0 below `low`, 1 above `high`, smooth between. */
export function smoothstep(low: number, high: number, x: number): number {
  const t = Math.min(1, Math.max(0, (x - low) / (high - low)));
  return t * t * (3 - 2 * t);
}
