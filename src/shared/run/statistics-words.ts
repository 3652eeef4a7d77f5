import type { Words } from '../words.js';
import type { RunResult } from './metrics.js';
import type { SplitStatistics } from './statistics.js';

/** With fewer patients of a class an interval is rough, whatever computed it. */
const fewPatients = 20;

/** How the numbers of the tables came to be. @param level of their intervals, as text. */
export function statisticsMethods(level: string): Words {
  return ['{0} intervals: DeLong on the scale of the logit, slides of a patient counted together; Wilson for shares, in which each slide counts for itself; Wald for calibration. Thresholds were chosen on validation and applied to test as they were. Validation also chose the model, so its own numbers flatter.', level];
}

/** What must be said where few patients stand behind the intervals of test. */
export function patientWarnings({ statistics, classStatistics }: RunResult): Words[] {
  if (classStatistics) return ofClasses(classStatistics.test.classes);
  const test = statistics?.test;
  if (!test) return [];
  const few = (['positives', 'negatives'] as const).filter((side) => test[side].patients < fewPatients);
  const counts = few.map((side) => `${test[side].patients} ${side === 'positives' ? 'positive' : 'negative'}`).join(' and ');
  return [
    ...(few.length > 0 ? [tooFew(counts)] : []),
    ...(hasNoInterval(test) ? [["DeLong's interval is not defined: test ranks every pair alike, or has a single patient of a class. That does not make the AUROC certain."] as const] : []),
  ];
}

/** The rest of a class may be as small as the class itself. */
function ofClasses(classes: readonly (SplitStatistics & { readonly name: string })[]): Words[] {
  const counts = classes.flatMap(({ name, positives, negatives }) => [...(positives.patients < fewPatients ? [`${positives.patients} "${name}"`] : []), ...(negatives.patients < fewPatients ? [`${negatives.patients} without "${name}"`] : [])]);
  const bare = classes.filter(hasNoInterval).map(({ name }) => `"${name}"`);
  const missing = classes.filter(({ delong }) => delong.value === null).map(({ name }) => `"${name}"`);
  return [
    ...(counts.length > 0 ? [tooFew(counts.join(', '))] : []),
    ...(bare.length > 0 ? [["DeLong's interval of {0} is not defined: test ranks every pair alike, or has a single patient on one side. That does not make the AUROC certain.", bare.join(', ')] as const] : []),
    ...(missing.length > 0 ? [['All or none of the test slides are {0}: left out of the means over classes.', missing.join(', ')] as const] : []),
  ];
}

function tooFew(counts: string): Words {
  return ['Test has {0} patients: with fewer than {1} of a class, intervals are rough and percentile intervals too narrow.', counts, fewPatients];
}

function hasNoInterval({ delong }: SplitStatistics): boolean {
  return delong.value !== null && delong.low === null;
}
