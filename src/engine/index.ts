export type { Engine, EngineInfo, EngineKind, HostTensor, ParameterStore, ParameterValues, Program, ProgramSpec } from './contract.js';
export { describeEngine, openEngine } from './select.js';
