import { labelsOf } from '../../table/classes.js';
import type { CohortRule, LintedCohort, TableColumn } from '../contract.js';
import { patientGroups, usual } from '../separation/patients.js';

const names = /^(site|cent(er|re)|institut(e|ion)|hospital|clinic|tissue_source_site|tss)([ _-]?(id|name|code))?$/i;
/** Patients of a class from one site, below which that is no wonder. */
const enough = 3;

/** A class all of whose patients come from one site, while others have patients of the other class: the site then is the label. */
export const classInOneSite: CohortRule = {
  code: 'class-in-one-site',
  find(cohort) {
    const column = siteColumn(cohort);
    if (!column) return [];
    const options = cohort.experiment.cohort;
    return options.classes.flatMap((name) => {
      const groups = patientGroups(cohort.slides, (slide) => labelsOf(options, slide).includes(name));
      const sitesOf = (own: boolean): string[] => groups.filter(({ positive }) => positive === own).map((group) => usual(group, column.cells)).filter((site) => site !== '');
      const [own, other] = [sitesOf(true), sitesOf(false)];
      const [site] = own;
      const away = other.filter((one) => one !== site).length;
      if (own.length < enough || new Set(own).size > 1 || away === 0) return [];
      return [
        {
          message: `All ${own.length} patients of class "${name}" come from one ${column.name}, "${site}"; of the others ${away} of ${other.length} come from elsewhere. Staining and scanner of that site tell the class as well as the disease does.`,
          remedy: 'Add patients of this class from other sites, leave the sites out that have other classes alone, or say in the report that the result holds within one site only.',
          place: column.place,
        },
      ];
    });
  },
};

/** The column that says where slides come from: the one the experiment names, or one of a usual name. */
export function siteColumn({ slides, columns }: Pick<LintedCohort, 'slides' | 'columns'>): TableColumn | undefined {
  const named = slides.some(({ site }) => site !== undefined);
  return columns.find(({ cells, name }) => (named ? slides.every(({ site = '' }, i) => cells[i] === site) : names.test(name)));
}
