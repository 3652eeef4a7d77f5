export type { InferredCohort, InferredSlide } from './contract.js';
export { inferCohort, type InferOptions } from './infer.js';
export { withResolutions } from './resolutions.js';
export { writeExperiment, type NewExperiment } from './write.js';
