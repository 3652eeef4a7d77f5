import type { AggregatorOptions } from '../../shared/experiment/index.js';
import { createAbmil } from './abmil.js';
import type { Aggregator } from './contract.js';
import { createDsmil } from './dsmil.js';
import { createPooling } from './pooling.js';

export { noExtras, type Aggregator, type BagPrediction, type Extras, type InTraining, type Parameters } from './contract.js';

/** The aggregator an experiment asks for, on features of the given size, with C = `outputs` logits a bag. */
export function createAggregator(options: AggregatorOptions, featureSize: number, outputs = 1): Aggregator {
  switch (options.kind) {
    case 'dsmil':
      return createDsmil({ featureSize, outputs, attention: options.attention }, options.dropout);
    case 'abmil':
    case 'gated-abmil':
      return createAbmil(options.kind === 'gated-abmil', { featureSize, outputs, hidden: options.hidden, attention: options.attention }, options.dropout);
    case 'max':
    case 'mean':
      return createPooling(options.kind, featureSize, outputs);
  }
}
