import type { AggregatorOptions } from '../../shared/experiment/index.js';
import type { LabelKind } from '../losses/bag.js';
import { createAbmil } from './abmil.js';
import { createAcmil } from './acmil.js';
import { createClam } from './clam/index.js';
import type { Aggregator } from './contract.js';
import { createDsmil } from './dsmil.js';
import { createDtfd } from './dtfd.js';
import { createPooling } from './pooling.js';
import { createTransmil } from './transmil/index.js';

export { noExtras, type Aggregator, type BagPrediction, type Extras, type InTraining, type Parameters } from './contract.js';

/**
 * The aggregator an experiment asks for, on features of the given size, with C = `outputs` logits a
 * bag. `labels` says how classes relate, for those that predict a bag more than once in training.
 */
export function createAggregator(options: AggregatorOptions, featureSize: number, outputs = 1, labels: LabelKind = 'any'): Aggregator {
  const { kind, hidden, attention, dropout } = options;
  const sizes = { featureSize, outputs, hidden, attention };
  switch (kind) {
    case 'dsmil':
      return createDsmil({ featureSize, outputs, attention }, dropout);
    case 'abmil':
    case 'gated-abmil':
      return createAbmil(kind === 'gated-abmil', sizes, dropout);
    case 'clam-sb':
    case 'clam-mb':
      return createClam(kind, sizes, options.clam, dropout);
    case 'transmil':
      return createTransmil({ featureSize, outputs, hidden }, dropout);
    case 'dtfd':
      return createDtfd(sizes, options.dtfd, dropout, labels);
    case 'acmil':
      return createAcmil(sizes, options.acmil, dropout, labels);
    case 'max':
    case 'mean':
    case 'top-k':
    case 'lse':
      return createPooling(kind, featureSize, outputs, options.pooling);
  }
}
