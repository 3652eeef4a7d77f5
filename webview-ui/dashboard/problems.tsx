import { t } from '../shared/l10n.js';
import type { FollowedRun } from './followed-run.js';

/** What went wrong with the runs shown, or with reading them. */
export function Problems({ runs }: { readonly runs: readonly FollowedRun[] }) {
  const problems = runs.flatMap((run) => problemsOf(run).map((text) => ({ run, text })));
  return (
    <div role="status" class="problems">
      {problems.map(({ run, text }) => (
        <p key={`${run.run}/${text}`} class="problem">
          <span class="codicon codicon-warning" aria-hidden="true" />
          <span>
            {runs.length > 1 && <strong>{run.name}: </strong>}
            {text}
          </span>
        </p>
      ))}
    </div>
  );
}

function problemsOf({ summary, problem, damagedLine, run, isKnown }: FollowedRun): string[] {
  const problems: string[] = [];
  if (problem !== undefined) problems.push(problem);
  else if (isKnown && !summary) problems.push(t('{0} holds no readable run: it was moved, deleted, or is not a run folder.', run));
  if (summary?.status.error) problems.push(t('The run failed: {0}', summary.status.error.message));
  if (summary?.state === 'lost') problems.push(t('The training host fell silent without saying why. Its log tells more; Resume goes on from the last whole round.'));
  if (damagedLine !== undefined) problems.push(t('Line {0} of the journal (events.jsonl) cannot be read; what follows it is not shown. Resuming the run repairs the journal.', damagedLine));
  return problems;
}
