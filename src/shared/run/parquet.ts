import { open, type FileHandle } from 'node:fs/promises';
import { parquetMetadataAsync, parquetRead, type AsyncBuffer, type FileMetaData } from 'hyparquet';
import { HardmineError, messageOf } from '../errors.js';
import { fileError } from '../files.js';
import type { bankColumns, scoreColumns } from './tables.js';

type ParquetType = 'STRING' | 'INT32' | 'FLOAT' | 'DOUBLE';
type ColumnOf<T extends ParquetType> = T extends 'STRING' ? string[] : T extends 'INT32' ? Int32Array : T extends 'FLOAT' ? Float32Array : Float64Array;

/** A table as typed columns of equal length. */
export type Table<Columns extends Record<string, ParquetType>> = { -readonly [Name in keyof Columns]: ColumnOf<Columns[Name]> };
export type ScoreTable = Table<typeof scoreColumns>;
export type BankTable = Table<typeof bankColumns>;

/** The physical type a column has in the file. */
const physical: Record<ParquetType, string> = { STRING: 'BYTE_ARRAY', INT32: 'INT32', FLOAT: 'FLOAT', DOUBLE: 'DOUBLE' };

/** Rows [start, end) of a table. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the named columns of a parquet file into typed arrays; the others are not touched.
 * @param range the rows wanted, clipped to the table; all of them where it is left out.
 * @throws HardmineError `run-damaged` when the file is no parquet, lacks a column, or holds another kind of numbers in it; `file-missing`, `file-denied`.
 */
export async function readTable<Columns extends Record<string, ParquetType>>(path: string, columns: Columns, range?: RowRange): Promise<Table<Columns>> {
  try {
    const handle = await open(path);
    try {
      return await readColumns(await bufferOf(handle), columns, range);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const known = fileError(error, path);
    if (known instanceof HardmineError) throw known;
    throw new HardmineError('run-damaged', `This table cannot be read: ${messageOf(error)}.`, { place: { file: path }, remedy: 'Resume the run from an earlier round, or run it again.', cause: error });
  }
}

async function readColumns<Columns extends Record<string, ParquetType>>(file: AsyncBuffer, columns: Columns, range: RowRange = { start: 0, end: Infinity }): Promise<Table<Columns>> {
  const metadata = await parquetMetadataAsync(file);
  checkColumns(metadata, columns);
  const total = Number(metadata.num_rows);
  const end = Math.min(range.end, total);
  const start = Math.min(range.start, end);
  const table = Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, emptyColumn(type, end - start)]));
  let outside = 0;
  await parquetRead({
    file,
    metadata,
    columns: Object.keys(columns),
    rowStart: start,
    rowEnd: end,
    onChunk: ({ columnName, columnData, rowStart, rowEnd }) => {
      if (rowEnd > total) outside++;
      // Pages are read whole, also where the range begins or ends within one.
      else place(table[columnName]!, rowStart < start || rowEnd > end ? columnData.slice(Math.max(0, start - rowStart), Math.max(0, end - rowStart)) : columnData, Math.max(0, rowStart - start));
    },
  });
  if (outside > 0) throw new Error('it holds more rows than it says');
  return table as Table<Columns>;
}

/** Reads whole ranges through one handle, which is faster than hyparquet's own streams of 64 kB. */
async function bufferOf(handle: FileHandle): Promise<AsyncBuffer> {
  const { size } = await handle.stat();
  return {
    byteLength: size,
    async slice(start, end = size) {
      const bytes = new Uint8Array(Math.max(0, end - start));
      for (let read = 0; read < bytes.length; ) {
        const { bytesRead } = await handle.read(bytes, read, bytes.length - read, start + read);
        if (bytesRead === 0) throw new Error('it ends too early');
        read += bytesRead;
      }
      return bytes.buffer;
    },
  };
}

function checkColumns(metadata: FileMetaData, columns: Record<string, ParquetType>): void {
  const present = new Map(metadata.schema.map((element) => [element.name, element]));
  const missing = Object.keys(columns).filter((name) => !present.has(name));
  if (missing.length > 0) throw new Error(`it lacks the column ${missing.join(', ')}`);
  for (const [name, type] of Object.entries(columns)) {
    const { type: found, repetition_type: repetition } = present.get(name)!;
    if (found !== physical[type] || repetition !== 'REQUIRED') throw new Error(`its column ${name} is ${repetition} ${found}, not REQUIRED ${physical[type]}`);
  }
}

type AnyColumn = string[] | Int32Array | Float32Array | Float64Array;

function place(column: AnyColumn, chunk: ArrayLike<unknown>, start: number): void {
  if (Array.isArray(column)) placeStrings(column, chunk as string[], start);
  else if (Array.isArray(chunk) && column instanceof Int32Array) placeIntegers(column, chunk as number[], start);
  else if (Array.isArray(chunk) && column instanceof Float64Array) placeDoubles(column, chunk as number[], start);
  else column.set(chunk as ArrayLike<number>, start);
}

// The same loop three times: one for all kinds of columns, or `set` of a plain array, took half the time of reading a table.
function placeStrings(column: string[], chunk: readonly string[], start: number): void {
  for (let i = 0; i < chunk.length; i++) column[start + i] = chunk[i]!;
}

function placeIntegers(column: Int32Array, chunk: readonly number[], start: number): void {
  for (let i = 0; i < chunk.length; i++) column[start + i] = chunk[i]!;
}

function placeDoubles(column: Float64Array, chunk: readonly number[], start: number): void {
  for (let i = 0; i < chunk.length; i++) column[start + i] = chunk[i]!;
}

function emptyColumn(type: ParquetType, rows: number): AnyColumn {
  switch (type) {
    case 'STRING':
      return new Array<string>(rows);
    case 'INT32':
      return new Int32Array(rows);
    case 'FLOAT':
      return new Float32Array(rows);
    case 'DOUBLE':
      return new Float64Array(rows);
  }
}
