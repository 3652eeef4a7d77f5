import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/**
 * The one source of randomness: seeded, and split by name, so that adding a consumer
 * in one stage never shifts the numbers of another.
 */
export class Random {
  private readonly generator: ReturnType<typeof xoroshiro128plus>;
  private spare: number | undefined;

  constructor(private readonly seed: number) {
    this.generator = xoroshiro128plus(seed | 0);
    // Neighbouring seeds start in neighbouring states: let them drift apart first.
    for (let i = 0; i < 24; i++) this.generator.next();
  }

  /** An independent stream for `name` (FNV-1a of seed and name), e.g. `round/3/augment`. */
  fork(name: string): Random {
    let hash = 0x811c9dc5 ^ this.seed;
    for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
    return new Random(hash ^ (hash >>> 15));
  }

  /** Uniform in [0, 1), 32 bits. */
  uniform(): number {
    return (this.generator.next() >>> 0) / 4294967296;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** Uniform integer in [0, n). */
  integer(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** Standard normal (polar Box–Muller). */
  normal(): number {
    if (this.spare !== undefined) {
      const value = this.spare;
      this.spare = undefined;
      return value;
    }
    let u: number, v: number, s: number;
    do {
      u = 2 * this.uniform() - 1;
      v = 2 * this.uniform() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s === 0);
    const scale = Math.sqrt((-2 * Math.log(s)) / s);
    this.spare = v * scale;
    return u * scale;
  }

  /** A shuffled copy (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    const result = items.slice();
    for (let i = result.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      [result[i], result[j]] = [result[j]!, result[i]!];
    }
    return result;
  }
}
