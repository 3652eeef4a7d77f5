import type { Verdict } from '../../src/shared/judgements/verdicts.js';
import { messageOf } from '../../src/shared/errors.js';
import { host } from './host.js';
import { announced, judged, notice, patches, round, selected, settings, state, toggle } from './model.js';
import { t } from '../shared/l10n.js';
import { verdictNames } from './words.js';

/** Judges the selected patch, and shows the judgements from then on. */
export function judgeSelected(verdict: Verdict): void {
  const all = patches.value;
  const i = selected.value;
  const { target } = state.value;
  if (!all || i < 0 || round.value === undefined || !('run' in target)) return;
  const place = { x: all.x[i], y: all.y[i], size: all.size[i] };
  void host.judge(target.run, round.value, target.slide, place, verdict).then(
    async () => {
      announced.value = verdict === 'none' ? t('Judgement taken back') : t('Judged {0}', verdictNames[verdict]);
      if (!settings.value.layers.includes('judgements')) toggle('judgements');
      judged.value = await host.judgedOf(target.run, target.slide);
    },
    (error: unknown) => (notice.value = messageOf(error)),
  );
}
