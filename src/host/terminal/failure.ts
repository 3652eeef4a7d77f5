import type { Diagnostic } from '../../shared/diagnostics.js';
import { HardmineError, messageOf, type ErrorCode, type Place } from '../../shared/errors.js';

/** What the shell gets back; the same for every command. */
export const exitCodes = { done: 0, failed: 1, refused: 2, interrupted: 130 } as const;

/** Errors of what was asked, not of what happened. */
const refusals: ReadonlySet<ErrorCode> = new Set(['usage', 'experiment-invalid', 'experiment-unreadable', 'golden-invalid', 'run-not-resumable']);

export function exitCodeOf(error: unknown): number {
  return error instanceof HardmineError && refusals.has(error.code) ? exitCodes.refused : exitCodes.failed;
}

/** An error as people need it: place, what, remedy; a stack only for those who ask with MIL_DEBUG=1. */
export function renderError(error: unknown, debug = process.env.MIL_DEBUG === '1'): string {
  const stack = debug && error instanceof Error && error.stack ? [error.stack] : [];
  if (!(error instanceof HardmineError)) {
    return [`error internal: ${messageOf(error)}`, ...(stack.length > 0 ? stack : ['  This is a fault of Hardmine. Set MIL_DEBUG=1 to see where it happened, and report it with that text.'])].join('\n');
  }
  const place = placeText(error.place);
  return [`error ${error.code}: ${place && `${place}: `}${error.what}`, ...(error.remedy ? [`  ${error.remedy}`] : []), ...stack].join('\n');
}

/** `file:line:column: error|warning code message`, the form editors and `grep` understand. */
export function renderDiagnostic({ severity, code, message, remedy, place }: Diagnostic): string {
  const position = `${place.file ?? ''}:${place.line ?? 1}:${place.column ?? 1}`;
  return `${position}: ${severity} ${code} ${place.slide === undefined ? '' : `slide "${place.slide}": `}${message}${remedy ? ` ${remedy}` : ''}`;
}

function placeText({ file, line, column, slide }: Place): string {
  const position = file === undefined ? '' : [file, line, column].filter((part) => part !== undefined).join(':');
  return [position, slide === undefined ? '' : `slide "${slide}"`].filter(Boolean).join(', ');
}
