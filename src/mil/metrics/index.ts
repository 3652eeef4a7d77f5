export { bootstrapIntervals, type BootstrapEstimates, type BootstrapOptions, type Statistics } from './bootstrap.js';
export { brierScore } from './brier.js';
export { accuracy, balancedAccuracy, confusionAt, f1, kappa, precision, recall, type Confusion } from './decisions.js';
export { instanceMetrics, type ScoredSlide } from './instances.js';
export { operatingPoints, type OperatingPoints } from './operating-points.js';
export { quantileOfSorted } from './quantile.js';
export { areaUnderPrCurve, auroc, averagePrecision } from './ranking.js';
export { slideMetrics, type PredictedSlide } from './slides.js';
export { chooseThreshold, maximumF1, youdenThreshold } from './thresholds.js';
