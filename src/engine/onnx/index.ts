export { createOnnxEngine, type OnnxEngineOptions } from './engine.js';
export { openOnnxModel, type ModelPort, type OnnxModel } from './model-file.js';
