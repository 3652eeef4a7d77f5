import type { Verdict } from '../../../src/shared/judgements/verdicts.js';

const paths: Record<Exclude<Verdict, 'none'>, string> = {
  'confirmed-negative': 'M3 8.5 6.5 12 13 4.5',
  mislabelled: 'M8 3v10M3 8h10',
  artefact: 'M4 4l8 8M12 4l-8 8',
};

/** The sign of a verdict: a tick, a plus (looks positive), a cross. What it means stands in the label of its cell or button. */
export function Mark({ verdict }: { readonly verdict: Exclude<Verdict, 'none'> }) {
  return (
    <svg class={`mark mark-${verdict}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[verdict]} />
    </svg>
  );
}
