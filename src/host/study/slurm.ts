import { resolve } from 'node:path';
import { memberWords } from '../../shared/study/members.js';
import type { Study } from '../../shared/study/study.js';

/**
 * An sbatch script that trains each member of a study as a task of a job array. A task that is requeued, or
 * submitted again, goes on after the last complete round of its run; one that is done ends at once.
 * @param program the words that start `mil`.
 */
export function slurmScript({ name, experimentFile, members }: Study, folder: string, program: readonly string[]): string {
  const mil = program.map(shellWord).join(' ');
  return `#!/bin/bash
#SBATCH --job-name=${name.replaceAll(/[^\w.-]/g, '-')}
#SBATCH --array=0-${members.length - 1}
#SBATCH --output=${shellWord(resolve(folder))}/slurm-%a.log
#SBATCH --requeue
#SBATCH --signal=B:TERM@120
# Add what your cluster asks for, e.g. --partition, --time, --cpus-per-task, --mem, --gres=gpu:1.
# Afterwards: ${mil} study ${shellWord(resolve(folder))}
members=(
${members.map((member) => `  "${memberWords(member).join(' ')}"`).join('\n')}
)
# A stop is passed on, so that the run ends after its step and can be resumed.
${mil} train ${shellWord(experimentFile)} --study ${shellWord(resolve(folder))} \${members[$SLURM_ARRAY_TASK_ID]} --lines &
trap 'kill -TERM $!' TERM
wait $!
code=$?
while kill -0 $! 2>/dev/null; do wait $!; code=$?; done
exit $code
`;
}

function shellWord(word: string): string {
  return /^[\w./:=+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
