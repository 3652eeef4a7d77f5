export { openStore, storeFile } from './cohort-stores.js';
export { openFeatures, type FeatureOptions } from './read.js';
export { createFeatureWriter, type AppendedCoords, type FeatureWriter } from './write.js';
