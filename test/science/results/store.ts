import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../problems/problem.js';
import type { Curve } from '../protocol/fit.js';

/** One network of one repeat, trained. */
export interface NetworkResult {
  readonly seed: number;
  readonly network: number;
  /** Of training and scoring, s. */
  readonly seconds: number;
  readonly curve: Curve;
}

/** The networks of one aggregator on one problem with one recipe, a line each, written when it is done. */
export class ResultStore {
  private readonly file: string;

  constructor(folder: string, { name, version, recipe }: Pick<Problem, 'name' | 'version' | 'recipe'>, variant: string) {
    const { source: _, ...settings } = { version, ...recipe };
    const key = createHash('sha256').update(JSON.stringify(Object.entries(settings).toSorted())).digest('hex').slice(0, 8);
    mkdirSync(folder, { recursive: true });
    this.file = path.join(folder, `${name}-${variant}-${key}.jsonl`);
  }

  /** What is done. Half a line, of a run that was stopped while it wrote, is passed over. */
  read(): NetworkResult[] {
    if (!existsSync(this.file)) return [];
    return readFileSync(this.file, 'utf8').split('\n').slice(0, -1).flatMap(parsed);
  }

  append(result: NetworkResult): void {
    const torn = existsSync(this.file) && !readFileSync(this.file, 'utf8').endsWith('\n');
    appendFileSync(this.file, `${torn ? '\n' : ''}${JSON.stringify(result)}\n`);
  }
}

function parsed(line: string): NetworkResult[] {
  try {
    return [JSON.parse(line) as NetworkResult];
  } catch {
    return [];
  }
}
