import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Recipe } from '../problems/problem.js';
import type { Curve } from '../protocol/fit.js';

/** One fold of one repeat, trained. */
export interface FoldResult {
  readonly seed: number;
  readonly fold: number;
  /** Of training and scoring, s. */
  readonly seconds: number;
  readonly curve: Curve;
}

/** The folds of one aggregator on one problem with one recipe, a line each, written when it is done. */
export class ResultStore {
  private readonly file: string;

  constructor(folder: string, problem: string, variant: string, recipe: Recipe) {
    const { source: _, ...settings } = recipe;
    const key = createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 8);
    mkdirSync(folder, { recursive: true });
    this.file = path.join(folder, `${problem}-${variant}-${key}.jsonl`);
  }

  /** What is done. Half a line, of a run that was stopped while it wrote, is passed over. */
  read(): FoldResult[] {
    if (!existsSync(this.file)) return [];
    return readFileSync(this.file, 'utf8').split('\n').slice(0, -1).flatMap(parsed);
  }

  append(result: FoldResult): void {
    const torn = existsSync(this.file) && !readFileSync(this.file, 'utf8').endsWith('\n');
    appendFileSync(this.file, `${torn ? '\n' : ''}${JSON.stringify(result)}\n`);
  }
}

function parsed(line: string): FoldResult[] {
  try {
    return [JSON.parse(line) as FoldResult];
  } catch {
    return [];
  }
}
