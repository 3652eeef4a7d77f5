import type { CommandHandler } from './index.js';

/** MIL: Refresh Runs. */
export const refreshRuns: CommandHandler = ({ runs }) => runs.search();
