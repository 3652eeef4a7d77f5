import { verdicts, type Verdict } from '../../src/shared/judgements/verdicts.js';
import { roles } from '../../src/shared/run/tables.js';
import { t } from '../shared/l10n.js';
import { standings, type Patches, type Standing } from './patches.js';

export function verdictWord(verdict: Verdict): string {
  switch (verdict) {
    case 'none':
      return t('not judged');
    case 'confirmed-negative':
      return t('confirmed negative');
    case 'mislabelled':
      return t('mislabelled');
    case 'artefact':
      return t('artefact');
  }
}

export function standingWord(standing: Standing): string {
  switch (standing) {
    case 'new':
      return t('new');
    case 'kept':
      return t('kept');
    case 'dropped':
      return t('dropped');
    case 'enters':
      return t('enters');
    case 'leaves':
      return t('leaves');
  }
}

/** One patch, taken out of the columns. */
export interface PatchFacts {
  readonly row: number;
  readonly slide: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly score: number;
  readonly rank: number;
  readonly positive: boolean;
  readonly standing: Standing;
  readonly verdict: Verdict;
}

export function factsOf(patches: Patches, place: number): PatchFacts {
  return {
    row: patches.row[place]!,
    slide: patches.slides[patches.slideOf[place]!]!,
    x: patches.x[place]!,
    y: patches.y[place]!,
    size: patches.size[place]!,
    score: patches.score[place]!,
    rank: patches.rank[place]!,
    positive: roles[patches.role[place]!] === 'positive',
    standing: standings[patches.standing[place]!]!,
    verdict: verdicts[patches.verdict[place]!]!,
  };
}

/** What a screen reader says of a patch. */
export function describePatch({ slide, score, rank, positive, standing, verdict }: PatchFacts): string {
  const words = [t('Patch of slide {0}', slide), t('score {0}', score.toFixed(3)), t('rank {0}', rank), positive ? t('positive') : t('hard negative'), standingWord(standing)];
  return [...words, ...(verdict === 'none' ? [] : [t('judged {0}', verdictWord(verdict))])].join(', ');
}

/** `12,345` in the language of the editor. */
export function count(value: number): string {
  return value.toLocaleString(document.documentElement.lang || undefined);
}
