import type { CohortRule, LintedCohort, RuleFinding, TableColumn } from '../contract.js';
import { sourceSiteOf } from '../patients/participant.js';
import { classContrasts } from '../separation/contrasts.js';
import { logTail } from '../separation/hypergeometric.js';
import { usual, type PatientGroup } from '../separation/patients.js';

/** Columns that say where, on what machine or in what batch a slide was made. */
const names = /^(slide|image|scan|patient|acquisition|stain(ing)?)?[ _.-]?(site|cent(er|re)|institut(e|ion)|hospital|clinic|country|tissue_source_site|tss|lab(oratory)?|scanner|device|machine|microscope|vendor|manufacturer|batch|stainer)([ _.-]?(id|name|code|no|number|type|model|vendor))?$/i;
/** Patients of a class from one site, below which that is no wonder. */
const enough = 3;
/** A class that chance alone would draw from one site so often is no wonder either. */
const logChance = Math.log(0.05);

/** A class all of whose patients come from one site, or one scanner, while others have patients of the other class: the site then is the label. */
export const classInOneSite: CohortRule = {
  code: 'class-in-one-site',
  find(cohort) {
    const columns = [...siteColumns(cohort), ...sourceSites(cohort)];
    if (columns.length === 0) return [];
    return columns.flatMap((column) => {
      const plain = column.cells.map((cell) => cell.trim().toLowerCase());
      return classContrasts(cohort).flatMap(({ name, groups }) => confined(name, groups, column, plain)).slice(0, 1);
    });
  },
};

/** @param plain the cells of the column as they are compared. */
function confined(name: string, groups: readonly PatientGroup[], column: TableColumn, plain: readonly string[]): RuleFinding[] {
  const sitesOf = (own: boolean): string[] => groups.filter(({ positive }) => positive === own).map((group) => usual(group, plain)).filter((site) => site !== '');
  const [own, other] = [sitesOf(true), sitesOf(false)];
  const [site] = own;
  const away = other.filter((one) => one !== site).length;
  if (own.length < enough || new Set(own).size > 1 || away === 0) return [];
  if (logTail(own.length, own.length, own.length + other.length - away, own.length + other.length) > logChance + 1e-9) return [];
  return [
    {
      message: `All ${own.length} patients of class "${name}" come from one ${column.name}, "${column.cells[plain.indexOf(site!)]!.trim()}"; of the others ${away} of ${other.length} come from elsewhere. Its way of staining and scanning tells the class as well as the disease does.`,
      remedy: 'Add patients of this class from elsewhere, leave out where the other classes alone come from, or say in the report that the result holds within it only.',
      place: column.place,
    },
  ];
}

/** The columns that say where and how slides were made: the one the experiment names, and those of usual names. */
export function siteColumns({ slides, columns }: Pick<LintedCohort, 'slides' | 'columns'>): TableColumn[] {
  const named = slides.some(({ site }) => site !== undefined);
  return columns.filter(({ cells, name }) => names.test(name) || (named && slides.every(({ site = '' }, i) => cells[i] === site)));
}

/** Where the names are barcodes of TCGA, these say the site. */
function sourceSites({ slides, placeOf }: LintedCohort): TableColumn[] {
  const sites = slides.map((slide) => sourceSiteOf(slide) ?? '');
  const { file } = placeOf(slides[0]!);
  return sites.every((site) => site === '') ? [] : [{ name: 'tissue source site (the second part of the barcode)', cells: sites, place: file === undefined ? {} : { file } }];
}
