import type { SlideQuality } from '../../../shared/slide-quality.js';
import type { CohortSlide } from '../../contract.js';
import type { CohortRule } from '../contract.js';
import { placeOfTable } from '../place.js';
import type { SlidePrint } from '../prints/print.js';
import { contrastsOf } from '../separation/contrasts.js';
import { separationOfProperty } from '../separation/property.js';
import { tells } from '../separation/separate.js';

/** What can be said of a slide without looking at its tissue closely. */
const properties: readonly { readonly name: string; of(print: SlidePrint): string | number | undefined }[] = [
  { name: 'the size of its file', of: ({ bytes }) => bytes },
  { name: 'its width', of: ({ width }) => width },
  { name: 'its height', of: ({ height }) => height },
  { name: 'its number of pixels', of: ({ width, height }) => width * height },
  { name: 'the resolution its file gives', of: ({ mpp }) => mpp ?? 'none' },
  { name: 'its file format', of: ({ format }) => format },
  { name: 'its compression', of: ({ compression }) => compression ?? 'none' },
  { name: 'the maker of its scanner', of: ({ vendor }) => vendor ?? 'none' },
  { name: 'the mean red of its tissue', of: ({ tissue }) => tissue?.[0] },
  { name: 'the mean green of its tissue', of: ({ tissue }) => tissue?.[1] },
  { name: 'the mean blue of its tissue', of: ({ tissue }) => tissue?.[2] },
];

/** What was seen of it when its patches were cut. */
const seen: readonly { readonly name: string; of(quality: SlideQuality): number | undefined }[] = [
  { name: 'the area of its tissue', of: ({ tissue }) => tissue.area },
  { name: 'the share of it that is tissue', of: ({ tissue }) => tissue.share },
  { name: 'the share of it under pen', of: ({ pen }) => pen.share },
  { name: 'the share of it that is out of focus', of: ({ focus }) => focus?.blurred },
  { name: 'the red of its glass', of: ({ stain }) => stain.glass[0] },
  { name: 'the green of its glass', of: ({ stain }) => stain.glass[1] },
  { name: 'the blue of its glass', of: ({ stain }) => stain.glass[2] },
  { name: 'its amount of haematoxylin', of: ({ stain }) => stain.haematoxylin },
  { name: 'its amount of eosin', of: ({ stain }) => stain.eosin },
];

/** One plain property of the files that separates the classes: a model would have no need of the tissue. */
export const labelInSlideProperty: CohortRule = {
  code: 'label-in-slide-property',
  find(cohort) {
    const known = [...properties.map(({ name, of }) => ({ name, valueOf: ofRecord(cohort.prints, of) })), ...seen.map(({ name, of }) => ({ name, valueOf: ofRecord(cohort.qualities, of) })), { name: 'its number of patches', valueOf: ({ id }: CohortSlide) => cohort.patchCounts.get(id) }];
    const tried = 2 * known.length * contrastsOf(cohort).length;
    return known
      .filter(({ valueOf }) => {
        const separation = separationOfProperty(cohort, valueOf);
        return separation !== undefined && tells(separation, tried);
      })
      .map(({ name }) => ({
        message: `Of a slide, ${name} alone tells the label of nearly every patient.`,
        remedy: 'Find out how slides of the two classes were made apart (scanner, lab, export) and balance it; else a good result may say nothing of the disease. Where it is the disease, silence this rule with that reason.',
        place: placeOfTable(cohort),
      }));
  },
};

function ofRecord<R>(records: ReadonlyMap<string, R>, of: (record: R) => string | number | undefined): (slide: CohortSlide) => string | number | undefined {
  return ({ id }) => {
    const record = records.get(id);
    return record && of(record);
  };
}
