import type { CohortSlide } from '../contract.js';

/** Slides that stay together, whatever part they come to: those of a patient, or of a site. */
export interface Group {
  /** Patient, or sites joined by " + ". */
  readonly name: string;
  readonly slides: readonly CohortSlide[];
  /** The class it counts for: 0 for negative, else 1 + the rarest of its outputs, for a patient with one tumour slide is a tumour patient. */
  readonly stratum: number;
}

/** The patients, by name; the order of rows does not matter. */
export function patientsOf(slides: readonly CohortSlide[]): Group[] {
  return groupsBy(slides, ({ patient }) => patient);
}

/** The sites, by name; sites that share a patient are one, for patients are never parted. Slides without a site are one of their own. */
export function sitesOf(slides: readonly CohortSlide[]): Group[] {
  const together = new Map<string, Set<string>>();
  for (const { slides: ofPatient } of patientsOf(slides)) {
    const joined = new Set(ofPatient.flatMap(({ site = '' }) => [...(together.get(site) ?? [site])]));
    for (const site of joined) together.set(site, joined);
  }
  const nameOf = (site: string): string => [...together.get(site)!].sort().join(' + ');
  return groupsBy(slides, ({ site = '' }) => nameOf(site));
}

function groupsBy(slides: readonly CohortSlide[], nameOf: (slide: CohortSlide) => string): Group[] {
  const groups = new Map<string, CohortSlide[]>();
  for (const slide of slides) {
    const name = nameOf(slide);
    const group = groups.get(name);
    if (group) group.push(slide);
    else groups.set(name, [slide]);
  }
  const parted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, members]) => ({ name, slides: members, outputs: [...new Set(members.flatMap(({ classes }) => classes))] }));
  const frequencies = new Map<number, number>();
  for (const { outputs } of parted) for (const output of outputs) frequencies.set(output, (frequencies.get(output) ?? 0) + 1);
  return parted.map(({ name, slides: members, outputs }) => ({ name, slides: members, stratum: rarest(outputs, frequencies) }));
}

/** A patient with a rare and a common class counts for the rare one, which is harder to spread. */
function rarest(outputs: readonly number[], frequencies: ReadonlyMap<number, number>): number {
  return outputs.length === 0 ? 0 : 1 + [...outputs].sort((a, b) => frequencies.get(a)! - frequencies.get(b)! || a - b)[0]!;
}
