export { openFeatures, type FeatureOptions } from './read.js';
export { createFeatureWriter, type AppendedCoords, type FeatureWriter } from './write.js';
