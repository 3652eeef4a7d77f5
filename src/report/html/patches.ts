import type { Mined, MinedGroup, MinedPatch } from '../mined.js';
import { escape } from './text.js';

const words: Record<MinedGroup['role'], { title: string; meaning: string }> = {
  'hard-negative': { title: 'Hard negatives', meaning: 'Patches of negative slides that the model scored highest: what it takes for positive and must learn not to.' },
  positive: { title: 'Positives', meaning: 'Patches of positive slides that the model is surest of; after the warm-up they are the anchors of the positive pairs.' },
};

/** The mined patches, a group a role. */
export function patchSection({ round, groups, missing }: Mined): string {
  return [
    ...groups.map((group) => groupSection(group, round)),
    ...(missing.length > 0 ? ['<ul class="warnings soft">', ...missing.map((sentence) => `<li>${escape(sentence)}</li>`), '</ul>'] : []),
  ].join('\n');
}

function groupSection({ role, total, patches }: MinedGroup, round: number): string {
  const { title, meaning } = words[role];
  if (total === 0) return `<h3>${title}</h3>\n<p class="soft">Round ${round} mined none.</p>`;
  const count = patches.length < total ? `The ${patches.length} highest of ${total}` : `All ${total}`;
  return [
    `<h3>${title}</h3>`,
    `<p class="soft">${meaning} ${count} mined in round ${round}, with slide, score, rank within the slide, and left and top edge in level-0 pixels.</p>`,
    `<div class="patches">${patches.map((patch) => patchFigure(patch, role)).join('\n')}</div>`,
  ].join('\n');
}

function patchFigure({ slide, place: at, score, rank, isNew, truth, thumbnail }: MinedPatch, role: MinedGroup['role']): string {
  const place = at ? `${slide}, ${Math.round(at.x)}, ${Math.round(at.y)}` : `${slide}, place not known`;
  const picture = thumbnail && at
    ? `<img src="data:image/webp;base64,${thumbnail.toString('base64')}" width="160" height="160" loading="lazy" alt="Patch of slide ${escape(place)}, ${Math.round(at.size)} level-0 px wide">`
    : '<div class="gone">no picture</div>';
  const right = (truth === 'positive') === (role === 'positive');
  const verdict = truth === undefined ? '' : `<br><span class="${right ? 'right' : 'wrong'}">truly ${truth}</span>`;
  return `<figure>${picture}<figcaption><b>${score.toFixed(3)}</b> #${rank}${isNew ? ' · new' : ''}<br>${escape(place)}${verdict}</figcaption></figure>`;
}
