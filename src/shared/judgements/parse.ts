import { z } from 'zod';
import { judgementSchema, type Judgement } from './format.js';

/** A line that is no judgement. */
export interface BadLine {
  /** 1-based. */
  readonly line: number;
  /** What is wrong, in one sentence. */
  readonly message: string;
}

/** A judgements file, read: every sound line, and what is wrong with the others. */
export interface Judgements {
  readonly judgements: readonly Judgement[];
  readonly problems: readonly BadLine[];
}

/** Reads the text of a judgements file; never throws, and one wrong line never hides the others. */
export function parseJudgements(text: string): Judgements {
  const judgements: Judgement[] = [];
  const problems: BadLine[] = [];
  text.split(/\r?\n/).forEach((content, index) => {
    if (content.trim() === '') return;
    const read = parseLine(content);
    if (typeof read === 'string') problems.push({ line: index + 1, message: read });
    else judgements.push(read);
  });
  return { judgements, problems };
}

function parseLine(content: string): Judgement | string {
  if (/^(<{7}|={7}|>{7}|\|{7})/.test(content)) return 'This is a mark of a merge that was not finished.';
  let data: unknown;
  try {
    data = JSON.parse(content);
  } catch {
    return 'This line is not JSON.';
  }
  const parsed = judgementSchema.safeParse(data);
  return parsed.success ? parsed.data : `This line is no judgement: ${z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' ').replace(/^✖ /, '')}.`;
}
