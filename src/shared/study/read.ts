import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { summarizeRun, type RunSummary } from '../run/list.js';
import { lives } from '../run/process.js';
import { readHolder } from '../run/read.js';
import { memberFile, studyFiles } from './layout.js';
import type { StudyMember } from './members.js';
import { studyMemberSchema, studySchema, type Study } from './study.js';
import { studySummarySchema, type StudySummary } from './summary.js';

/** A member, its run folder, and how it is doing; no `summary`: it has not begun. */
export interface MemberState extends StudyMember {
  /** Absolute run folder. */
  readonly run: string;
  readonly summary?: RunSummary;
}

/** A study as it is now. */
export interface StudyState {
  /** Absolute study folder. */
  readonly folder: string;
  readonly study: Study;
  readonly members: readonly MemberState[];
  /** `waiting`: nobody is at work on it, and not all members are done. */
  readonly state: 'running' | 'waiting' | 'done';
}

/** The study in a folder; undefined where there is none that can be read. */
export function readStudy(folder: string): Study | undefined {
  return readJson(join(folder, studyFiles.study), studySchema);
}

/** What was last summed up of a study. */
export function readStudySummary(folder: string): StudySummary | undefined {
  return readJson(join(folder, studyFiles.summary), studySummarySchema);
}

/** The study a run belongs to, and as what; undefined for a run of its own. */
export function studyOfRun(run: string): (StudyMember & { readonly study: string }) | undefined {
  const found = readJson(join(run, memberFile), studyMemberSchema);
  return found && { ...found, study: resolve(run, found.study) };
}

/** How a study is doing, as the folders of its runs say. @param now milliseconds since 1970. */
export function studyStateAt(folder: string, now: number, summarize: (run: string, now: number) => RunSummary | undefined = summarizeRun): StudyState | undefined {
  const study = readStudy(folder);
  if (!study) return undefined;
  const members = study.members.map(({ run, ...member }): MemberState => {
    const absolute = resolve(folder, run);
    const summary = summarize(absolute, now);
    return { ...member, run: absolute, ...(summary ? { summary } : {}) };
  });
  const done = members.every(({ summary }) => summary?.state === 'done');
  const busy = members.some(({ summary }) => summary?.state === 'running' || summary?.state === 'paused') || conductorLives(folder);
  return { folder, study, members, state: busy ? 'running' : done ? 'done' : 'waiting' };
}

/** Whether a process of this machine goes through the members; a cluster has none. */
export function conductorLives(folder: string): boolean {
  const holder = readHolder(folder);
  return holder !== undefined && lives(holder) === true;
}

function readJson<T extends z.ZodType>(file: string, schema: T): z.output<T> | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
