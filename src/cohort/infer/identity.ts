import { dirname } from 'node:path';
import { stem } from './files.js';

/** Names by which public collections say the patient at the beginning of a slide's name. */
const patientPatterns = [
  /^TCGA-[A-Z0-9]{2}-[A-Z0-9]{4}(?=$|[^A-Z0-9])/i,
  // CPTAC
  /^C3[LN]-\d{5}(?=$|\D)/i,
  // CAMELYON17
  /^patient_\d{3}(?=$|_)/i,
  /^GTEX-[A-Z0-9]{4,5}(?=$|-)/i,
];

/** The patient a slide's id tells of, e.g. the TCGA case; undefined where it tells of none. */
export function patientOf(id: string): string | undefined {
  return patientPatterns.map((pattern) => pattern.exec(id)?.[0]).find((patient) => patient !== undefined);
}

/** Ids of slides: the file's name without its type, with its folder before it where two files bear one name. */
export function idsOf(files: readonly string[]): string[] {
  const seen = new Map<string, number>();
  for (const file of files) seen.set(stem(file), (seen.get(stem(file)) ?? 0) + 1);
  const ids = files.map((file) => (seen.get(stem(file)) === 1 ? stem(file) : `${dirname(file).replace(/[\\/]/g, '_')}_${stem(file)}`));
  // The same name and folder, but two types: a.svs and a.png.
  return ids.map((id, i) => (ids.indexOf(id) === i ? id : `${id}_${i + 1}`));
}

/** Under which names a table may speak of a slide: its id, the barcodes its TCGA name begins with, its patient; the closest first. */
export function namesOf(id: string): string[] {
  const patient = patientOf(id);
  const names = [id];
  if (patient?.toUpperCase().startsWith('TCGA')) {
    const parts = id.split('.', 1)[0]!.split('-');
    for (let count = parts.length; count > 3; count--) names.push(parts.slice(0, count).join('-'));
    // The sample, which tables write with and without the letter of its vial.
    if (parts.length > 3) names.push(`${patient}-${parts[3]!.slice(0, 2)}`);
  }
  if (patient !== undefined) names.push(patient);
  return [...new Set(names.map((name) => name.toLowerCase()))];
}
