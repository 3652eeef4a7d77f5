import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantileOf from '@stdlib/stats-base-dists-normal-quantile';
import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantileOf from '@stdlib/stats-base-dists-t-quantile';

/** The standard normal variable below which a share `p` lies. */
export function normalQuantile(p: number): number {
  return normalQuantileOf(p, 0, 1);
}

/** The chance that a standard normal variable lies as far from 0 as `z`, on either side. */
export function twoSidedP(z: number): number {
  return 2 * normalCdf(-Math.abs(z), 0, 1);
}

/** The chance that Student's t with `degrees` of freedom lies as far from 0 as `t`, on either side. */
export function twoSidedT(t: number, degrees: number): number {
  return 2 * tCdf(-Math.abs(t), degrees);
}

/** The quantile `p` of Student's t with `degrees` of freedom. */
export function tQuantile(p: number, degrees: number): number {
  return tQuantileOf(p, degrees);
}

/** How many standard errors an interval reaches to either side, e.g. 1.96 of the level 0.95. */
export function normalReach(level: number): number {
  return normalQuantile((1 + level) / 2);
}
