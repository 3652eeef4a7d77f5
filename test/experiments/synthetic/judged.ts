import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { judgementLine } from '../../../src/shared/judgements/line.js';
import { patchEdge } from './patches.js';

/** Confirms the first few mimics of each negative slide of a synthetic cohort, as a person who looks at its hard negatives would. */
export function writeJudgedMimics(folder: string, file: string, perSlide: number): void {
  const rows = (name: string) => readFileSync(path.join(folder, name), 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));
  const negatives = rows('cohort.csv').flatMap(([slide, , , label]) => (label === '0' ? [slide!] : []));
  const mimics = rows('kinds.csv').filter(([, , , kind]) => kind === 'mimic');
  const judged = negatives.flatMap((slide) => mimics.filter(([own]) => own === slide).slice(0, perSlide));
  const line = ([slide, x, y]: string[]): string => judgementLine({ slide: slide!, x: Number(x) - patchEdge / 2, y: Number(y) - patchEdge / 2, size: patchEdge, verdict: 'confirmed-negative', time: '2026-01-01T00:00:00Z' });
  writeFileSync(path.join(folder, file), judged.map((row) => `${line(row)}\n`).join(''));
}
