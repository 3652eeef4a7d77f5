import { HardmineError } from '../../shared/errors.js';
import type { Experiment } from '../../shared/experiment/index.js';
import type { CohortSlide } from '../contract.js';
import { readCsv } from '../table/csv.js';
import type { TableColumn } from './contract.js';

/** The columns of a cohort table that say something else than id, path, label, patient and resolution. */
export function otherColumns(file: string, { slide, path, label, patient, mpp }: Experiment['cohort']['columns'], slides: readonly CohortSlide[]): TableColumn[] {
  try {
    const { header, rows } = readCsv(file);
    const ids = header.cells.indexOf(slide);
    const byId = new Map(rows.map((row) => [row.cells[ids], row.cells]));
    const known = slides.map(({ id }) => byId.get(id));
    return header.cells.flatMap((name, column) => {
      if (name === '' || [slide, path, label, patient, mpp].includes(name)) return [];
      return [
        {
          name,
          cells: known.map((cells) => cells?.[column] ?? ''),
          // Finding places means reading the table again, slowly: only where something is found.
          get place() {
            return { file, ...header.place(column) };
          },
        },
      ];
    });
  } catch (error) {
    // Why it cannot be read, reading the cohort has said.
    if (error instanceof HardmineError) return [];
    throw error;
  }
}
