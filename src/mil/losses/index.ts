export { bagLoss, type LabelKind } from './bag.js';
export { classPairLoss, type LabelledPrediction } from './class-pair.js';
export { crossEntropy, crossEntropyOfLogit } from './cross-entropy.js';
export { meanPairLoss, pairLossOfLogits, summariseBag, type BagSummary, type PairLossValue } from './on-logits.js';
export { pairLoss, type PairLoss } from './pair.js';
export { hinge, shortfall, shortfalls, violations } from './ranking-pairs.js';
export { ntXentLoss, supconLoss, type SupConLabels, type SupConOptions } from './supcon.js';
export { highest, topInstances, type RankingOptions, type TopInstances } from './top-instances.js';
