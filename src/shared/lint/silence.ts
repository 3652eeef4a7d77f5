import type { Diagnostic } from '../diagnostics.js';
import type { Experiment } from '../experiment/index.js';
import { isRule } from './rules.js';

/** What is left of the findings when those are gone that the experiment silences. An error is never silenced: its number would be wrong. */
export function withoutSilenced<T extends Pick<Diagnostic, 'severity' | 'code'>>(found: readonly T[], { check }: Pick<Experiment, 'check'>): T[] {
  const silenced = new Set<string>(check.ignore.map(({ code }) => code));
  return found.filter(({ severity, code }) => severity === 'error' || !isRule(code) || !silenced.has(code));
}

/** What a reader of the report must know of the silenced rules, a warning each. */
export function silencedRules({ check }: Pick<Experiment, 'check'>): { readonly code: 'rule-silenced'; readonly message: string }[] {
  return check.ignore.map(({ code, reason }) => ({ code: 'rule-silenced', message: `The experiment silences the rule "${code}". Reason given: ${reason}` }));
}
