import type { Verdict } from '../../../src/shared/judgements/verdicts.js';
import { t } from '../../shared/l10n.js';
import { judge } from '../actions.js';
import type { PatchFacts } from '../words.js';
import { Mark } from './marks.js';

const choices = ['confirmed-negative', 'mislabelled', 'artefact'] as const satisfies readonly Verdict[];

/** The three things one may say of a patch; said again, it is taken back. */
export function VerdictButtons({ patch }: { readonly patch: PatchFacts }) {
  const words = [t('Confirmed'), t('Mislabelled'), t('Artefact')];
  const titles = [t('Confirmed negative: it stays a hard negative (1)'), t('Mislabelled, looks positive: it leaves the hard negatives with the next mining (2)'), t('Artefact: it leaves the bank with the next mining (3)')];
  return (
    <div class="verdicts" role="group" aria-label={t('Judge this patch')}>
      {choices.map((verdict, i) => {
        const pressed = patch.verdict === verdict;
        return (
          <button key={verdict} type="button" class="verdict" aria-pressed={pressed} aria-keyshortcuts={`${i + 1}`} title={titles[i]} onClick={() => void judge(patch, pressed ? 'none' : verdict)}>
            <Mark verdict={verdict} />
            {words[i]}
          </button>
        );
      })}
    </div>
  );
}
