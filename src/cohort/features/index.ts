export { coordsAttributes, type PatchedSlide } from './clam.js';
export { openStore, storeFile } from './cohort-stores.js';
export { openFeatures, readMark, type FeatureOptions } from './read.js';
export { createFeatureWriter, writeCoords, type AppendedCoords, type FeatureWriter, type StoreAttributes } from './write.js';
