import type { EngineInfo } from '../../engine/contract.js';
import type { SectionReport } from './section.js';

/** What a verification found. */
export interface VerifyReport {
  readonly file: string;
  readonly engine: EngineInfo;
  /** Largest relative difference that passes. */
  readonly tolerance: number;
  /** Of the sections the file has. */
  readonly sections: readonly SectionReport[];
  readonly passed: boolean;
}
