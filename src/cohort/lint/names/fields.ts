import { basename } from 'node:path';
import { countsOn } from '../separation/counter.js';
import { dateIn } from '../separation/quantity.js';
import type { LintedCohort } from '../contract.js';

/** Fields counted from either end of a name; what lies deeper is seldom written by people. */
const most = 8;

/** A kind of name that slides have. */
export interface Names {
  /** In the plural. */
  readonly what: string;
  /** One a slide, lower case. */
  readonly of: readonly string[];
  /** The same as they are written. */
  readonly written: readonly string[];
}

/** One part of such names, at the same place of each. */
export interface Field {
  readonly names: Names;
  /** Of a slide; empty where its name has no such part. */
  readonly values: readonly string[];
  /** The values as numbers, where they are and do more than count. */
  readonly numbers?: readonly number[];
}

/** What slides are called: their files, their ids where these are not the files' names, and their patients. */
export function namesOf({ slides }: Pick<LintedCohort, 'slides'>): Names[] {
  const kinds = [
    { what: 'file names', written: slides.map(({ path }) => basename(path)) },
    { what: 'slide ids', written: slides.map(({ id }) => id) },
    { what: 'patient ids', written: slides.map(({ patient }) => patient) },
  ].map((kind): Names => ({ ...kind, of: kind.written.map((name) => name.toLowerCase()) }));
  const known = new Set<string>();
  return kinds.filter(({ of }) => {
    const key = of.map((name) => name.replace(/\.[a-z]+$/, '')).join('\n');
    return of.some((name) => name !== '') && !known.has(key) && known.add(key);
  });
}

/** The words of a name; of numbers none. */
export function wordsOf(name: string): string[] {
  return name.match(/\p{L}+/gu) ?? [];
}

/**
 * Runs of letters or digits by their place, counted from the left and from the right, and dates. Each kind of field once:
 * where all names are alike long, both ways of counting see the same.
 * @param patients of the slides. @param passed words that are passed over.
 */
export function fieldsOf(names: readonly Names[], patients: readonly string[], passed: (word: string) => boolean): Field[] {
  const known = new Set<string>();
  return names.flatMap((kind) => {
    const runs = kind.of.map((name) => (name.match(/\p{L}+|\p{Nd}+/gu) ?? []).map((run) => (passed(run) ? '' : run)));
    const deepest = Math.min(most, Math.max(...runs.map((own) => own.length)));
    const places = Array.from({ length: deepest }, (_, at) => at);
    const fields = [...places, ...places.map((at) => -1 - at)].map((at) => fieldAt(kind, patients, runs.map((own) => own.at(at) ?? '')));
    const dates = kind.of.map(dateIn);
    if (dates.every((date) => !Number.isNaN(date))) fields.push({ names: kind, values: dates.map(String), numbers: dates });
    return fields.filter(({ values }) => {
      const key = values.join('\n');
      return values.some((value) => value !== values[0]) && !known.has(key) && known.add(key);
    });
  });
}

function fieldAt(names: Names, patients: readonly string[], values: readonly string[]): Field {
  const numbers = values.map((value) => (/^\d+$/.test(value) ? Number(value) : NaN));
  return numbers.some(Number.isNaN) || countsOn(numbers, patients) ? { names, values } : { names, values, numbers };
}
