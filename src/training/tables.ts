import { parquetWriteFile } from 'hyparquet-writer';
import { replaceFile } from '../shared/files.js';
import { readTable, type BankTable, type ScoreTable } from '../shared/run/parquet.js';
import { bankColumns, scoreColumns } from '../shared/run/tables.js';

/**
 * Writes `rounds/NN/scores.parquet`, one row a patch; readable by pandas and polars.
 * @throws HardmineError `disk-full`, `file-denied`.
 */
export function writeScores(path: string, table: Readonly<ScoreTable>): void {
  writeTable(path, table, scoreColumns);
}

/** Writes `rounds/NN/bank.parquet`, one row a mined patch. @throws as `writeScores`. */
export function writeBank(path: string, table: Readonly<BankTable>): void {
  writeTable(path, table, bankColumns);
}

/** All columns of a scores table. @throws HardmineError `run-damaged`, `file-missing`. */
export function readScores(path: string): Promise<ScoreTable> {
  return readTable(path, scoreColumns);
}

/** All columns of a bank table. @throws HardmineError `run-damaged`, `file-missing`. */
export function readBank(path: string): Promise<BankTable> {
  return readTable(path, bankColumns);
}

function writeTable<Columns extends typeof scoreColumns | typeof bankColumns>(path: string, table: Readonly<Record<keyof Columns, ArrayLike<unknown>>>, columns: Columns): void {
  const names = Object.keys(columns) as (keyof Columns & string)[];
  const columnData = names.map((name) => ({ name, data: table[name] as unknown[], type: columns[name] as 'STRING' | 'INT32' | 'FLOAT' | 'DOUBLE', nullable: false }));
  const rows = columnData[0]!.data.length;
  const uneven = columnData.find(({ data }) => data.length !== rows);
  if (uneven) throw new Error(`Column ${uneven.name} has ${uneven.data.length} rows, ${names[0]} has ${rows}.`);
  replaceFile(path, (temporary) => parquetWriteFile({ filename: temporary, columnData }));
}
