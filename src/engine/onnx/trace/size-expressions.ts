import type { GraphDefinition } from '../graph/definition.js';

/** One trace and the sizes it was made at. */
export interface Sample {
  readonly sizes: Readonly<Record<string, number>>;
  readonly graph: GraphDefinition;
}

/** A number as a function of named sizes. */
export type SizeExpression = Affine | Monomial;

/** constant + Σ factor · size. */
export interface Affine {
  readonly kind: 'affine';
  readonly constant: number;
  readonly factors: Readonly<Record<string, number>>;
}

/** factor · Π sizes, or factor / Π sizes. */
export interface Monomial {
  readonly kind: 'product' | 'quotient';
  readonly factor: number;
  readonly sizes: readonly string[];
}

/** Relative; a constant may come from float32. */
const ROUNDING = 1e-6;

/**
 * The expression that gives `values[i]` at the sizes of `samples[i]`: affine, a product of sizes
 * or its reciprocal. The samples are a base, one variant a size, and a control. Undefined when none fits them all.
 */
export function fitSize(values: readonly number[], samples: readonly Sample[], rounded: boolean): SizeExpression | undefined {
  const matches = (expression: SizeExpression) =>
    samples.every(({ sizes }, i) => Math.abs(evaluate(expression, sizes) - values[i]!) <= (rounded ? ROUNDING * Math.abs(values[i]!) : 0));
  const candidates: SizeExpression[] = [affine(values, samples, rounded), ...monomials(values[0]!, samples[0]!.sizes, rounded)];
  return candidates.find(matches);
}

export function evaluate(expression: SizeExpression, sizes: Readonly<Record<string, number>>): number {
  if (expression.kind === 'affine') return Object.entries(expression.factors).reduce((sum, [name, factor]) => sum + factor * sizes[name]!, expression.constant);
  const product = expression.sizes.reduce((total, name) => total * sizes[name]!, 1);
  return expression.kind === 'product' ? expression.factor * product : expression.factor / product;
}

function affine(values: readonly number[], samples: readonly Sample[], rounded: boolean): Affine {
  const base = samples[0]!.sizes;
  const error = rounded ? ROUNDING * Math.abs(values[0]!) : 0;
  const factors = Object.fromEntries(
    Object.keys(base)
      .map((name, i) => {
        const step = samples[i + 1]!.sizes[name]! - base[name]!;
        return [name, nearWhole((values[i + 1]! - values[0]!) / step, error / step)] as const;
      })
      .filter(([, factor]) => factor !== 0),
  );
  const constant = values[0]! - Object.entries(factors).reduce((sum, [name, factor]) => sum + factor * base[name]!, 0);
  return { kind: 'affine', constant: nearWhole(constant, error), factors };
}

/** Products of up to three sizes, and their reciprocals, that give `value` at `sizes`. */
function monomials(value: number, sizes: Readonly<Record<string, number>>, rounded: boolean): Monomial[] {
  const names = Object.keys(sizes);
  const longer = (products: readonly string[][]) => products.flatMap((product) => names.slice(names.indexOf(product.at(-1)!)).map((name) => [...product, name]));
  const single = names.map((name) => [name]);
  const pairs = longer(single);
  const factorOf = (factor: number) => nearWhole(factor, rounded ? ROUNDING * Math.abs(factor) : 0);
  return [...single, ...pairs, ...longer(pairs)].flatMap((chosen): Monomial[] => {
    const product = chosen.reduce((total, name) => total * sizes[name]!, 1);
    const multiple: Monomial = { kind: 'product', factor: factorOf(value / product), sizes: chosen };
    return rounded ? [multiple, { kind: 'quotient', factor: factorOf(value * product), sizes: chosen }] : [multiple];
  });
}

/** The whole number that rounding hid. */
function nearWhole(value: number, error: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) <= error ? whole : value;
}
