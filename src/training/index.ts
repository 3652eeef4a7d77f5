export { Interrupted, type RunContext } from './context.js';
export { trainRun } from './run.js';
