import type { Words } from '../words.js';
import type { RunResult } from './metrics.js';
import type { SplitStatistics } from './statistics.js';

/** With fewer patients of a class an interval is rough, whatever computed it. */
const fewPatients = 20;

/** How the numbers of the tables came to be. @param level of their intervals, as text. */
export function statisticsMethods(level: string): Words {
  return ['{0} intervals: DeLong on the scale of the logit, slides of a patient counted together; Wilson for shares, in which each slide counts for itself; Wald for calibration. Thresholds were chosen on validation and applied to test as they were. Validation also chose the model, so its own numbers flatter.', level];
}

/** What must be said where few patients stand behind the intervals of test, and of patients held out. */
export function patientWarnings({ statistics, classStatistics }: RunResult): Words[] {
  if (classStatistics) return [...ofClasses('Test', classStatistics.test.classes), ...(classStatistics.heldOut ? ofClasses('Held out', classStatistics.heldOut.classes) : [])];
  if (!statistics) return [];
  return [...ofSides('Test', statistics.test), ...(statistics.heldOut ? ofSides('Held out', statistics.heldOut) : [])];
}

type Part = 'Test' | 'Held out';

function ofSides(part: Part, split: SplitStatistics): Words[] {
  const few = (['positives', 'negatives'] as const).filter((side) => split[side].patients < fewPatients);
  const counts = few.map((side) => `${split[side].patients} ${side === 'positives' ? 'positive' : 'negative'}`).join(' and ');
  return [
    ...(few.length > 0 ? [tooFew(part, counts)] : []),
    ...(hasNoInterval(split) ? [["{0}: DeLong's interval is not defined, for every pair is ranked alike, or a class has a single patient. That does not make the AUROC certain.", part] as const] : []),
  ];
}

/** The rest of a class may be as small as the class itself. */
function ofClasses(part: Part, classes: readonly (SplitStatistics & { readonly name: string })[]): Words[] {
  const counts = classes.flatMap(({ name, positives, negatives }) => [...(positives.patients < fewPatients ? [`${positives.patients} "${name}"`] : []), ...(negatives.patients < fewPatients ? [`${negatives.patients} without "${name}"`] : [])]);
  const bare = classes.filter(hasNoInterval).map(({ name }) => `"${name}"`);
  const missing = classes.filter(({ delong }) => delong.value === null).map(({ name }) => `"${name}"`);
  return [
    ...(counts.length > 0 ? [tooFew(part, counts.join(', '))] : []),
    ...(bare.length > 0 ? [["{0}: DeLong's interval of {1} is not defined, for every pair is ranked alike, or a side has a single patient. That does not make the AUROC certain.", part, bare.join(', ')] as const] : []),
    ...(missing.length > 0 ? [['{0}: all or none of the slides are {1}, which is left out of the means over classes.', part, missing.join(', ')] as const] : []),
  ];
}

function tooFew(part: Part, counts: string): Words {
  return ['{0} has {1} patients: with fewer than {2} of a class, intervals are rough and percentile intervals too narrow.', part, counts, fewPatients];
}

function hasNoInterval({ delong }: SplitStatistics): boolean {
  return delong.value !== null && delong.low === null;
}
