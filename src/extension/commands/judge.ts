import { l10n, window } from 'vscode';
import { verdicts, type Verdict } from '../../shared/judgements/verdicts.js';
import type { PatchPlace } from '../../shared/rpc/views/negatives.js';
import { negativesPanel } from '../panels/negatives.js';
import type { CommandHandler } from './index.js';

/** What other views say of a patch they want judged. */
export interface JudgedPatch extends PatchPlace {
  /** Absolute run folder. */
  readonly run: string;
  readonly round: number;
}

/** `mil.judgePatch(patch, verdict?)`, for every view that shows patches; asks for the verdict where none is given. */
export const judgePatch: CommandHandler = async (session, target, given) => {
  const patch = target as Partial<JudgedPatch> | undefined;
  if (!patch || typeof patch.run !== 'string' || typeof patch.slide !== 'string' || ![patch.round, patch.x, patch.y, patch.size].every(Number.isFinite)) throw new Error(l10n.t('Choose a patch in the view Mined Negatives or on a slide.'));
  const verdict = verdicts.find((verdict) => verdict === given) ?? (await askVerdict());
  if (verdict === undefined) return;
  await negativesPanel(session).judge(patch.run, patch.round!, patch as PatchPlace, verdict);
};

async function askVerdict(): Promise<Verdict | undefined> {
  const items: readonly { readonly label: string; readonly description: string; readonly verdict: Verdict }[] = [
    { verdict: 'confirmed-negative', label: l10n.t('Confirmed negative'), description: l10n.t('Stays a hard negative.') },
    { verdict: 'mislabelled', label: l10n.t('Mislabelled'), description: l10n.t('Looks positive: leaves the hard negatives with the next mining.') },
    { verdict: 'artefact', label: l10n.t('Artefact'), description: l10n.t('Leaves the bank with the next mining.') },
    { verdict: 'none', label: l10n.t('No judgement'), description: l10n.t('Takes back what was said.') },
  ];
  return (await window.showQuickPick(items, { title: l10n.t('What is this patch?') }))?.verdict;
}
