import { tInterval } from '../../../src/mil/statistics/index.js';
import type { Outcome } from './outcome.js';
import { base, variants } from './variants.js';

const level = 0.95;

/** What is compared seed by seed with the base, and what is only told. */
const compared = { slideAuroc: 'slide AUROC', patchAuroc: 'patch AUROC', patchPrecision: 'patch AP', falseAlarms: 'false alarms at 80 % found' } as const;
const told = { byPatch: 'AUROC by highest patch', truePositives: 'true positives in the bank', knownHard: 'known hard in the bank', finetune: 'fine-tuning, s a round', round: 's a round' } as const;

/** A table a group of variants, as Markdown: mean ± sd over seeds, and the paired difference to the base with its t interval. */
export function tables(outcomes: ReadonlyMap<string, readonly Outcome[]>): string {
  const groups = [...new Set(variants.map(({ group }) => group))].filter((group) => variants.some((variant) => variant.group === group && group !== base.group && outcomes.has(variant.name)));
  return groups.map((group) => tableOf(group, variants.filter((variant) => variant.group === group).map(({ name }) => name), outcomes)).join('\n\n');
}

function tableOf(group: string, names: readonly string[], outcomes: ReadonlyMap<string, readonly Outcome[]>): string {
  const reference = outcomes.get(base.name) ?? [];
  const head = ['variant', 'seeds', ...Object.values(compared).flatMap((title) => [title, 'Δ to base']), ...Object.values(told)];
  const row = (name: string): string[] => {
    const rows = outcomes.get(name) ?? [];
    const pairs = rows.flatMap((outcome, i) => (reference[i] && name !== base.name ? [[outcome, reference[i]] as const] : []));
    const difference = (key: keyof Outcome) => (pairs.length < 2 ? '–' : differenceText(pairs.map(([a, b]) => a[key] - b[key])));
    return [name, `${rows.length}`, ...(Object.keys(compared) as (keyof Outcome)[]).flatMap((key) => [spread(rows.map((outcome) => outcome[key])), difference(key)]), ...(Object.keys(told) as (keyof Outcome)[]).map((key) => spread(rows.map((outcome) => outcome[key])))];
  };
  const lines = [head, head.map(() => '---'), row(base.name), ...names.filter((name) => outcomes.has(name)).map(row)];
  return [`### ${group}`, '', ...lines.map((cells) => `| ${cells.join(' | ')} |`)].join('\n');
}

/** `0.912 ± 0.034`: mean and standard deviation over seeds. */
export function spread(values: readonly number[]): string {
  const { mean, sd } = tInterval(values, level);
  if (mean === null || Number.isNaN(mean)) return '–';
  return sd === null ? mean.toFixed(3) : `${mean.toFixed(3)} ± ${sd.toFixed(3)}`;
}

/** `+0.012 [−0.003, 0.027]`. */
function differenceText(differences: readonly number[]): string {
  const { mean, low, high } = tInterval(differences, level);
  return `${mean! >= 0 ? '+' : ''}${mean!.toFixed(3)} [${low!.toFixed(3)}, ${high!.toFixed(3)}]`;
}
