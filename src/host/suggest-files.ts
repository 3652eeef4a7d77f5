import { readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readCsv, type CsvTable } from '../cohort/table/csv.js';
import { cursorAt, type Cursor } from '../language/cursor.js';
import { HardmineError } from '../shared/errors.js';
import { pathText, valueAt } from '../shared/experiment/schema-tree.js';
import { ExperimentSource, isYaml } from '../shared/experiment/source.js';
import type { Suggestion } from '../shared/rpc/experiments.js';

/** Which files a value names, by the path of the value. */
const named: Readonly<Record<string, RegExp | 'folder'>> = {
  'cohort.table': /\.(csv|tsv|txt)$/i,
  'split.file': /\.(csv|tsv|txt)$/i,
  'cohort.truth.table': /\.(csv|tsv|txt)$/i,
  'cohort.truth.folder': 'folder',
  'cohort.slides': 'folder',
  'encoder.file': /\.onnx$/i,
  'encoder.weights': /\.safetensors$/i,
  'encoder.folder': 'folder',
};

/** How deep below the experiment files are looked for, and how many are offered. */
const depth = 3;
const most = 200;

/** What lies on the disk and could be written here: files and folders beside the experiment, columns and labels of the cohort table. */
export async function suggestFromFiles(text: string, file: string, offset: number): Promise<Suggestion[]> {
  const cursor = cursorAt(text, file, offset);
  if (!cursor || cursor.part !== 'value') return [];
  const folder = dirname(file);
  const where = pathText(cursor.path);
  const wanted = named[where];
  if (wanted !== undefined) return filesBelow(folder, '', wanted, depth).slice(0, most).map((path) => offer(path, 'file', file, cursor));
  const cohort = valueAt(new ExperimentSource(text, file).data(), ['cohort']);
  const table = tableOf(cohort, folder);
  if (!table) return [];
  if (where.startsWith('cohort.columns.')) return table.header.cells.map((name) => offer(name, 'column', file, cursor));
  if (/^cohort\.classes(\[\d\])?$/.test(where)) return labelsOf(table, cohort).map((label) => offer(label, 'column', file, cursor));
  return [];
}

function offer(label: string, kind: 'file' | 'column', file: string, { span }: Cursor): Suggestion {
  const escaped = label.replace(/[\\$}]/g, '\\$&');
  return { label, kind, insert: isYaml(file) && /^[A-Za-z][\w./-]*$/.test(label) ? escaped : JSON.stringify(escaped), ...span };
}

function filesBelow(folder: string, inside: string, wanted: RegExp | 'folder', levels: number): string[] {
  const entries = readdirSync(join(folder, inside), { withFileTypes: true }).filter(({ name }) => !name.startsWith('.') && name !== 'node_modules');
  return entries.flatMap((entry) => {
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
    if (!entry.isDirectory()) return wanted !== 'folder' && wanted.test(entry.name) ? [path] : [];
    return [...(wanted === 'folder' ? [path] : []), ...(levels > 0 ? filesBelow(folder, path, wanted, levels - 1) : [])];
  });
}

function tableOf(cohort: unknown, folder: string): CsvTable | undefined {
  const name = valueAt(cohort, ['table']);
  if (typeof name !== 'string' || !statSync(resolve(folder, name), { throwIfNoEntry: false })?.isFile()) return undefined;
  try {
    return readCsv(resolve(folder, name));
  } catch (error) {
    if (error instanceof HardmineError) return undefined;
    throw error;
  }
}

function labelsOf({ header, rows }: CsvTable, cohort: unknown): string[] {
  const column = header.cells.indexOf(String(valueAt(cohort, ['columns', 'label']) ?? 'label'));
  return column < 0 ? [] : [...new Set(rows.map(({ cells }) => cells[column] ?? ''))].filter(Boolean).slice(0, most);
}
