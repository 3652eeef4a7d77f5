import type { SelftestResult, Verdict } from './index.js';

/** The verdict of several seeds: the one they agree on. An assumption that is broken with any seed is not kept, however often it was not. */
export function verdictOfAll(results: readonly Pick<SelftestResult, 'verdict'>[]): Verdict {
  const verdicts = new Set(results.map(({ verdict }) => verdict));
  return verdicts.has('fails') ? 'fails' : verdicts.has('unclear') ? 'unclear' : 'respects';
}
