import { asyncBufferFromFile, parquetMetadataAsync, parquetRead } from 'hyparquet';
import { HardmineError, messageOf } from '../errors.js';
import { fileError } from '../files.js';
import type { bankColumns, scoreColumns } from './tables.js';

type ParquetType = 'STRING' | 'INT32' | 'FLOAT' | 'DOUBLE';
type ColumnOf<T extends ParquetType> = T extends 'STRING' ? string[] : T extends 'INT32' ? Int32Array : T extends 'FLOAT' ? Float32Array : Float64Array;

/** A table as typed columns of equal length. */
export type Table<Columns extends Record<string, ParquetType>> = { -readonly [Name in keyof Columns]: ColumnOf<Columns[Name]> };
export type ScoreTable = Table<typeof scoreColumns>;
export type BankTable = Table<typeof bankColumns>;

/**
 * Reads the named columns of a parquet file into typed arrays.
 * @throws HardmineError `run-damaged` when the file is no parquet or lacks a column.
 */
export async function readTable<Columns extends Record<string, ParquetType>>(path: string, columns: Columns): Promise<Table<Columns>> {
  try {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    const rows = Number(metadata.num_rows);
    const present = new Set(metadata.schema.map(({ name }) => name));
    const missing = Object.keys(columns).filter((name) => !present.has(name));
    if (missing.length > 0) throw new Error(`it lacks the column ${missing.join(', ')}`);

    const table: Record<string, unknown[] | Int32Array | Float32Array | Float64Array> = {};
    for (const [name, type] of Object.entries(columns)) table[name] = emptyColumn(type, rows);
    await parquetRead({
      file,
      metadata,
      columns: Object.keys(columns),
      onChunk: ({ columnName, columnData, rowStart }) => {
        const column = table[columnName]!;
        for (let i = 0; i < columnData.length; i++) column[rowStart + i] = columnData[i] as never;
      },
    });
    return table as Table<Columns>;
  } catch (error) {
    const known = fileError(error, path);
    if (known instanceof HardmineError) throw known;
    throw new HardmineError('run-damaged', `This table cannot be read: ${messageOf(error)}.`, { place: { file: path }, remedy: 'Resume the run from an earlier round, or run it again.', cause: error });
  }
}

function emptyColumn(type: ParquetType, rows: number): unknown[] | Int32Array | Float32Array | Float64Array {
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
