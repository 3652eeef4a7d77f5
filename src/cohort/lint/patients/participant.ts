import { basename, dirname } from 'node:path';
import type { CohortSlide } from '../../contract.js';

/** Between the parts of a barcode: tables of other programs write points or underscores for hyphens. */
const barcodes = [
  // Project, tissue source site, participant.
  /(?<![A-Z0-9])(TCGA)[-_. ]([A-Z0-9]{2})[-_. ]([A-Z0-9]{4})(?![A-Z0-9])/i,
  // CPTAC
  /(?<![A-Z0-9])(C3[LN])[-_. ](\d{5})(?!\d)/i,
  /(?<![A-Z0-9])(GTEX)[-_. ]([A-Z0-9]{4,5})(?![A-Z0-9])/i,
];
/** "patient_017_node_2", as in CAMELYON17. */
const numbered = /(?<!\p{L})(patient|subject|case)[-_ ]?0*(\d+)(?!\d)/iu;

/** The participant a name tells of, e.g. TCGA-AA-1000; undefined where it tells of none. */
function participantIn(name: string): string | undefined {
  const parts = [...barcodes, numbered].map((pattern) => pattern.exec(name)).find((match) => match !== null);
  return parts?.slice(1).join('-').toUpperCase();
}

/** By slide id, the participant that the patient's id, the slide's, or its path tells of; what most slides share is no participant. */
export function participantsOf(slides: readonly CohortSlide[]): Map<string, string> {
  const found = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const { id, patient, path } of slides) {
    const participant = [patient, id, basename(path), dirname(path)].map(participantIn).find((one) => one !== undefined);
    if (participant === undefined) continue;
    found.set(id, participant);
    counts.set(participant, (counts.get(participant) ?? 0) + 1);
  }
  return new Map([...found].filter(([, participant]) => counts.get(participant)! <= Math.max(2, slides.length / 2)));
}

/** The tissue source site of a TCGA barcode. */
export function sourceSiteOf({ id, path }: Pick<CohortSlide, 'id' | 'path'>): string | undefined {
  return (barcodes[0]!.exec(id) ?? barcodes[0]!.exec(path))?.[2]?.toUpperCase();
}
