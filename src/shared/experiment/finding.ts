import type { ExperimentFix } from '../diagnostics.js';

/** What a rule found: like a Diagnostic, but placed by the path of the value it speaks about. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly remedy: string;
  readonly fixes?: readonly ExperimentFix[];
}

type Place = readonly PropertyKey[];

/** A finding that forbids to train. */
export const error = (code: string, path: Place, message: string, remedy: string, ...fixes: readonly ExperimentFix[]): Finding[] => [{ severity: 'error', code, path, message, remedy, fixes }];
/** A finding to think about. */
export const warning = (code: string, path: Place, message: string, remedy: string, ...fixes: readonly ExperimentFix[]): Finding[] => [{ severity: 'warning', code, path, message, remedy, fixes }];
/** `12.5 %` of a share. */
export const percent = (share: number): string => `${Number((share * 100).toPrecision(4))} %`;
