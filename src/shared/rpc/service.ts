import type { BankService } from './banks.js';
import type { ExperimentService } from './experiments.js';
import type { ExplainService } from './explain.js';
import type { RankingService } from './rankings.js';
import type { RunService } from './runs.js';
import type { SlideService } from './slides.js';

/**
 * What `mil serve` answers: one process a window, spoken to over its IPC channel. It holds what must not
 * load in the editor: image and tensor libraries, parquet tables, the check of whole cohorts.
 */
export interface WindowService extends ExperimentService, SlideService, RunService, BankService, RankingService, ExplainService {}
