import type { Estimate } from '../../shared/run/metrics.js';
import { normalReach } from './distributions.js';

/** What logistic regression says of probabilities: 0 and 1 are right. */
export interface Recalibration {
  /** Of the logits with slope 1, "calibration in the large": above 0 the model says too little. */
  readonly intercept: Estimate;
  /** Below 1 the model is too sure of itself, above 1 not sure enough. */
  readonly slope: Estimate;
}

const undefinedEstimate: Estimate = { value: null, low: null, high: null };

/**
 * Intercept and slope of label on logit(probability), with Wald intervals (Cox 1958, Biometrika 45:562; Van Calster
 * 2019, BMC Med 17:230). Not defined with one class; the slope neither where a threshold parts the classes.
 * @param level e.g. 0.95.
 */
export function recalibration(labels: ArrayLike<number>, probabilities: ArrayLike<number>, level: number): Recalibration {
  const logits = Float64Array.from({ length: labels.length }, (_, i) => logit(probabilities[i]!));
  const of = (label: number): Float64Array => logits.filter((_, i) => labels[i] === label);
  const [positive, negative] = [of(1), of(0)];
  if (positive.length === 0 || negative.length === 0 || logits.some(Number.isNaN)) return { intercept: undefinedEstimate, slope: undefinedEstimate };
  const parted = least(positive) >= most(negative) || least(negative) >= most(positive);
  const reach = normalReach(level);
  const estimate = ({ value, error }: { value: number; error: number }): Estimate => ({ value, low: value - reach * error, high: value + reach * error });
  return { intercept: estimate(interceptOf(labels, logits)), slope: parted ? undefinedEstimate : estimate(slopeOf(labels, logits)) };
}

/** Newton's method on the log-likelihood of σ(a + logit). */
function interceptOf(labels: ArrayLike<number>, logits: Float64Array): { value: number; error: number } {
  let a = 0;
  for (let step = 0; step < 200; step++) {
    const p = logits.map((x) => sigmoid(a + x));
    const change = p.reduce((sum, value, i) => sum + labels[i]! - value, 0) / Math.max(1e-9, information(p));
    // Far from the top the curve is almost flat, and a whole step would overshoot.
    a += Math.max(-2, Math.min(2, change));
    if (Math.abs(change) < 1e-10) break;
  }
  return { value: a, error: 1 / Math.sqrt(information(logits.map((x) => sigmoid(a + x)))) };
}

/** Newton's method on the log-likelihood of σ(a + b·logit), halved while it would fall. */
function slopeOf(labels: ArrayLike<number>, logits: Float64Array): { value: number; error: number } {
  const likelihood = (a: number, b: number): number => logits.reduce((sum, x, i) => sum - softplus(labels[i] === 1 ? -(a + b * x) : a + b * x), 0);
  let [a, b, top] = [0, 0, likelihood(0, 0)];
  let error = NaN;
  for (let step = 0; step < 200; step++) {
    let [ga, gb, haa, hab, hbb] = [0, 0, 0, 0, 0];
    logits.forEach((x, i) => {
      const p = sigmoid(a + b * x);
      const w = p * (1 - p);
      ga += labels[i]! - p;
      gb += (labels[i]! - p) * x;
      haa += w;
      hab += w * x;
      hbb += w * x * x;
    });
    const determinant = haa * hbb - hab * hab;
    error = Math.sqrt(haa / determinant);
    const [da, db] = [(hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant];
    let share = 1;
    while (share > 1e-6 && !(likelihood(a + share * da, b + share * db) >= top)) share /= 2;
    a += share * da;
    b += share * db;
    top = likelihood(a, b);
    if (Math.max(Math.abs(da), Math.abs(db)) < 1e-10 || share <= 1e-6) break;
  }
  return { value: b, error };
}

const information = (p: Float64Array): number => p.reduce((sum, value) => sum + value * (1 - value), 0);
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const least = (values: Float64Array): number => values.reduce((a, b) => Math.min(a, b), Infinity);
const most = (values: Float64Array): number => values.reduce((a, b) => Math.max(a, b), -Infinity);

/** Probabilities of 0 and 1 have no logit: they are held a hair inside. */
function logit(probability: number): number {
  const held = Math.max(1e-15, Math.min(1 - 1e-15, probability));
  return Math.log(held / (1 - held));
}
