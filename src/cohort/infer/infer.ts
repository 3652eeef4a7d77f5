import { basename, extname, join } from 'node:path';
import { HardmineError } from '../../shared/errors.js';
import type { InferredCohort, InferredSlide } from './contract.js';
import { featureFolder, findFiles, tablesBeside, type FoundFiles } from './files.js';
import { idsOf, patientOf } from './identity.js';
import { findLabels, orderClasses, type LabelTable, type OrderedClasses } from './labels.js';

export interface InferOptions {
  /** Take features where there are slides too. */
  readonly features?: boolean;
  /** The table with the labels, instead of those found. */
  readonly labels?: string;
}

/**
 * Reads a cohort off a folder of slides or of features: ids from file names, patients from TCGA and the like or
 * from a table, labels from a table alone. Never from paths: a label in a path is a leak, not a label.
 * @throws HardmineError `slide-missing` where there is nothing to train on, `file-missing`, `file-denied`.
 */
export async function inferCohort(folder: string, { features = false, labels }: InferOptions = {}): Promise<InferredCohort> {
  const found = await findFiles(folder);
  const kind = found.slides.length > 0 && !features ? 'slides' : 'features';
  const within = kind === 'features' && found.features.length > 0 ? featureFolder(found.features) : undefined;
  const files = kind === 'slides' ? found.slides : found.features.filter((file) => file === (within === '.' ? basename(file) : `${within}/${basename(file)}`));
  if (files.length === 0) throw nothingHere(folder, found);
  const ids = idsOf(files);
  const table = findLabels(labels === undefined ? [...found.tables.map((file) => join(folder, file)), ...(await tablesBeside(folder))] : [labels], ids);
  const slides = ids.map((id, i): InferredSlide => {
    const entry = table?.entries.get(id);
    return { id, file: files[i]!, patient: entry?.patient ?? patientOf(id), label: entry?.label, mpp: entry?.mpp };
  });
  const order = orderClasses(slides.flatMap(({ label }) => label ?? []));
  return { kind, features: within, slides, classes: order?.classes, negative: order?.negative ?? true, notes: notesOf(kind, found, slides, table, order) };
}

function nothingHere(folder: string, { unreadable }: FoundFiles): HardmineError {
  const types = [...new Set(unreadable.map((file) => extname(file)))];
  return new HardmineError('slide-missing', types.length > 0 ? `The slides here (${types.join(', ')}) are of a format that cannot be read.` : 'There are neither slides nor features here.', {
    place: { file: folder },
    remedy: types.length > 0 ? 'Install OpenSlide, which reads most of them (`mil doctor` says how), or convert them to pyramidal TIFF.' : 'Name a folder with slides (.svs, .tif, .dcm, .png, .jpg) or with features (one .h5 or .pt a slide).',
  });
}

function classNote(order: OrderedClasses | undefined): string {
  if (!order) return 'They are no classes: keep two or a few values in the table and name them in cohort.classes, the negative one first.';
  const { classes, negative, guessed } = order;
  if (guessed) return `Which class is the positive one was guessed ("${classes[1]}"): see cohort.classes.`;
  const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
  if (!negative) return `The classes are ${quoted(classes)}, none of them negative (cohort.negative): nothing is mined.`;
  return classes.length === 2 ? `The positive class is "${classes[1]}".` : `The negative class is "${classes[0]}", the others are ${quoted(classes.slice(1))}.`;
}

function notesOf(kind: InferredCohort['kind'], found: FoundFiles, slides: readonly InferredSlide[], table: LabelTable | undefined, order: ReturnType<typeof orderClasses>): string[] {
  const notes = [`${slides.length} ${kind === 'slides' ? 'slides' : 'feature files'} found.`];
  const add = (when: boolean, note: string): void => void (when && notes.push(note));
  add(kind === 'slides' && found.features.length > 0, `${found.features.length} feature files are here too; --features takes those.`);
  add(kind === 'features' && found.features.length > slides.length, `${found.features.length - slides.length} more feature files in other folders were left out.`);
  add(kind === 'features' && slides.some(({ file }) => file.endsWith('.pt')), 'Files of PyTorch (.pt) hold no coordinates: for heatmaps, name the folder of CLAM\'s coords as encoder.coords.');
  add(found.unreadable.length > 0, `${found.unreadable.length} files of formats that cannot be read were left out.`);
  const labelled = slides.filter(({ label }) => label !== undefined).length;
  const left = slides.length - labelled;
  if (!table) notes.push('No table names these slides: fill the label column of the cohort table.');
  else if (table.label === undefined) notes.push(`${basename(table.file)} names the slides, but its label column cannot be told${table.rivals.length > 0 ? ` (${table.rivals.join(', ')}?)` : ''}: fill the label column of the cohort table.`);
  else {
    notes.push(`Labels are from the column "${table.label}" of ${basename(table.file)}.`);
    add(left > 0, `${left} slides have none: fill them in, or remove their rows.`);
    notes.push(classNote(order));
  }
  const patients = new Set(slides.map(({ patient }) => patient));
  if (patients.has(undefined)) notes.push('Patients are not known for every slide: fill patient_id, or a patient may train and test.');
  else notes.push(`${patients.size} patients.`);
  return notes;
}
