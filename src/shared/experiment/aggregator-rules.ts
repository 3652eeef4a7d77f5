import { error, type Finding } from './finding.js';
import type { Experiment } from './index.js';
import { set } from './mend.js';
import { aggregatorSchema } from './model.js';

type Options = Experiment['aggregator'];

/** The options of single aggregators, and which these are. */
const own = { pooling: ['top-k', 'lse'], clam: ['clam-sb', 'clam-mb'], dtfd: ['dtfd'], acmil: ['acmil'] } as const satisfies Partial<Record<keyof Options, readonly Options['kind'][]>>;
/** They have no values to drop. */
const valueless: readonly Options['kind'][] = ['max', 'mean', 'top-k', 'lse'];
/** Heads of TransMIL. */
const heads = 8;

/** Rules on the options of an aggregator: what the chosen one would not look at, or cannot be built with. */
export function aggregatorRules({ aggregator }: Experiment): Finding[] {
  const { kind, hidden, dropout } = aggregator;
  return [
    ...(Object.keys(own) as (keyof typeof own)[]).flatMap((block) => unused(aggregator, block)),
    ...(dropout > 0 && valueless.includes(kind) ? error('aggregator-no-dropout', ['aggregator', 'dropout'], `"${kind}" has no values to drop: a dropout of ${dropout} would do nothing.`, 'Set it to 0, or choose an aggregator with attention.', set(['aggregator', 'dropout'], 0)) : []),
    ...(kind === 'transmil' && hidden % heads ? error('transmil-hidden', ['aggregator', 'hidden'], `TransMIL has ${heads} heads; a hidden size of ${hidden} cannot be shared among them.`, `Choose a multiple of ${heads}.`, set(['aggregator', 'hidden'], heads * Math.max(1, Math.round(hidden / heads)))) : []),
  ];
}

/** An option that was changed and that the chosen aggregator does not have. Defaults are written out in every run, so they say nothing. */
function unused(aggregator: Options, block: keyof typeof own): Finding[] {
  if ((own[block] as readonly Options['kind'][]).includes(aggregator.kind)) return [];
  const defaults = aggregatorSchema.parse({})[block] as Readonly<Record<string, unknown>>;
  const changed = Object.entries(aggregator[block]).find(([key, value]) => value !== defaults[key]);
  if (!changed) return [];
  const [key] = changed;
  return error('aggregator-option-unused', ['aggregator', block, key], `"${block}.${key}" is an option of ${own[block].join(' and ')}; the aggregator is ${aggregator.kind}.`, `Take it out, or choose ${own[block].join(' or ')}.`, set(['aggregator', block, key], defaults[key]));
}
