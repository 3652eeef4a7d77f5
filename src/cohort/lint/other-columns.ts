import type { Experiment } from '../../shared/experiment/index.js';
import type { CohortSlide } from '../contract.js';
import type { CsvTable } from '../table/csv.js';
import type { TableColumn } from './contract.js';

/** The columns of a cohort table that say something else than id, path, label and patient. */
export function otherColumns({ file, header, rows }: CsvTable, { slide, path, label, patient }: Experiment['cohort']['columns'], slides: readonly CohortSlide[]): TableColumn[] {
  const ids = header.cells.indexOf(slide);
  const byId = new Map(rows.map((row) => [row.cells[ids], row.cells]));
  const known = slides.map(({ id }) => byId.get(id));
  return header.cells.flatMap((name, column) => {
    if (name === '' || [slide, path, label, patient].includes(name)) return [];
    return [{ name, cells: known.map((cells) => cells?.[column] ?? ''), place: { file, ...header.place(column) } }];
  });
}
