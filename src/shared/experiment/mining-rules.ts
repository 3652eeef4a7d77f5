import { error, percent, type Finding } from './finding.js';
import type { Experiment } from './index.js';
import { set } from './mend.js';

/** Rules on what rounds mine and learn: shares that leave nothing, and options that would change nothing. */
export function miningRules({ mining, finetune: { enabled, teacherMomentum } }: Experiment): Finding[] {
  const { leaveOutHardest, hardNegativeRatio, scoreMemory, rounds } = mining;
  return [
    ...(leaveOutHardest + hardNegativeRatio > 1 + 1e-9
      ? error('hardest-left-out', ['mining', 'leaveOutHardest'], `With ${percent(leaveOutHardest)} of the patches of negative slides left out, no ${percent(hardNegativeRatio)} are left to mine.`, 'Let "leaveOutHardest" and "hardNegativeRatio" sum to at most 1.', set(['mining', 'leaveOutHardest'], 0))
      : []),
    ...(scoreMemory > 0 && rounds === 1
      ? error('score-memory-unused', ['mining', 'scoreMemory'], 'There is one round only: no scores before it could be remembered.', 'Set "scoreMemory" to 0, or choose more rounds.', set(['mining', 'scoreMemory'], 0), set(['mining', 'rounds'], 10))
      : []),
    ...(teacherMomentum > 0 && (rounds === 1 || !enabled)
      ? error('teacher-unused', ['finetune', 'teacherMomentum'], `${enabled ? 'There is one round only' : 'Fine-tuning is off'}, so nothing learns that a teacher could follow.`, 'Set "teacherMomentum" to 0, or let several rounds fine-tune.', set(['finetune', 'teacherMomentum'], 0))
      : []),
  ];
}
