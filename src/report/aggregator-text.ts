import type { AggregatorOptions, Experiment } from '../shared/experiment/index.js';

/** What turned features into a prediction, its sizes, and the losses it was trained with. */
export function aggregatorText({ aggregator, loss }: Experiment): string {
  const { name, details } = aggregators[aggregator.kind];
  const own = ownLoss(aggregator);
  const told = [
    name,
    ...details(aggregator),
    ...(aggregator.dropout > 0 ? [`dropout ${aggregator.dropout}`] : []),
    ...(aggregator.standardise ? ['on features standardised by the training patches'] : []),
    `trained on pairs of slides with slide cross-entropy (weight ${loss.bag}), cross-entropy of the highest patch (${loss.instance}) and patch-wise ranking of the top ${loss.topK} patches (${loss.ranking}; margin ${loss.margin} on the ${loss.scoreSpace})`,
  ];
  return `The aggregator was ${told.join(', ')}${own === undefined ? '' : `; ${own}`}.`;
}

interface Told {
  readonly name: string;
  details(options: AggregatorOptions): string[];
}

const hidden = (options: AggregatorOptions): string => `hidden size ${options.hidden}`;
const attention = (options: AggregatorOptions): string => `attention size ${options.attention}`;
const both = (options: AggregatorOptions): string[] => [hidden(options), attention(options)];
const none = (): string[] => [];

const aggregators: Readonly<Record<AggregatorOptions['kind'], Told>> = {
  dsmil: { name: 'DSMIL (Li et al. 2021)', details: (options) => [attention(options)] },
  abmil: { name: 'attention MIL (Ilse et al. 2018)', details: both },
  'gated-abmil': { name: 'gated attention MIL (Ilse et al. 2018)', details: both },
  'clam-sb': { name: 'CLAM-SB (Lu et al. 2021)', details: both },
  'clam-mb': { name: 'CLAM-MB (Lu et al. 2021)', details: both },
  transmil: { name: 'TransMIL (Shao et al. 2021)', details: (options) => [hidden(options)] },
  dtfd: { name: 'DTFD-MIL (Zhang et al. 2022)', details: (options) => [...both(options), `${options.dtfd.pseudoBags} pseudo-bags distilled by ${options.dtfd.distillation === 'afs' ? 'their embeddings' : 'the patch of highest activation'}`] },
  acmil: { name: 'ACMIL (Zhang et al. 2024)', details: (options) => [...both(options), `${options.acmil.branches} branches, ${Math.round(options.acmil.masked * 100)} % of the ${options.acmil.maskFrom} most attended patches of each masked in training`] },
  max: { name: 'max pooling of patch logits', details: none },
  mean: { name: 'mean pooling of patch logits', details: none },
  'top-k': { name: 'top-k pooling of patch logits', details: ({ pooling }) => [`k = ${pooling.highest}`] },
  lse: { name: 'log-sum-exp pooling of patch logits', details: ({ pooling }) => [`r = ${pooling.sharpness}`] },
};

/** What an aggregator adds to the loss of all. */
function ownLoss({ kind, clam }: AggregatorOptions): string | undefined {
  if (kind === 'clam-sb' || kind === 'clam-mb') return `added was CLAM's instance loss on the ${clam.clusterSize} most and ${clam.clusterSize} least attended patches (weight ${clam.clusterWeight})`;
  if (kind === 'dtfd') return 'added was the loss of its first tier on the pseudo-bags';
  if (kind === 'acmil') return 'added were the losses of its branches and the likeness of their attentions';
  return undefined;
}
