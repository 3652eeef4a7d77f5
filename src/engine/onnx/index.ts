export { createOnnxEngine, type OnnxEngineOptions } from './engine.js';
