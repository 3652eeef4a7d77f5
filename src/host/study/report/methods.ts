import { percent, plural, procedureText, sentenceList, softwareText } from '../../../report/methods.js';
import type { StudyMaterial } from '../material.js';

/** How the runs of a study were made, in the words of a methods section; of what they do not share, that they do not. */
export function studyMethods(material: StudyMaterial): string {
  const { experiment, done } = material;
  return [cohortText(material), designText(material), procedureText(experiment, done[0]?.result.selectionRule), softwareOf(material)].filter(Boolean).join(' ');
}

/** Who is in the cohort, and who was held out. */
export function cohortText({ experiment: { cohort }, done, patientOf }: StudyMaterial): string {
  const split = done[0]?.lineage?.split;
  if (!split) return '';
  const count = (slides: readonly string[]): string => `${plural(slides.length, 'slide')} of ${plural(new Set(slides.map(patientOf)).size, 'patient')}`;
  const slides = Object.keys(split);
  const heldOut = slides.filter((slide) => split[slide] === 'held-out');
  return `The cohort has ${count(slides)} (classes: ${cohort.classes.join(', ')})${heldOut.length > 0 ? `; ${count(heldOut)} were held out of all folds` : ''}.`;
}

/** Which runs the study has. */
export function designText({ experiment: { split }, state: { members } }: StudyMaterial): string {
  const seeds = [...new Set(members.map(({ seed }) => seed))];
  const how = split.file === undefined ? `by ${split.by}${split.stratify ? ', stratified by label' : ''} (seed ${split.seed})` : `as the file ${split.file} says`;
  const design = split.folds > 1 ? `${split.folds}-fold cross-validation, split ${how}` : `${split.repeats > 1 ? `${split.repeats} splits` : 'One split'} into training, validation and test ${how}`;
  const repeated = split.folds > 1 && split.repeats > 1 ? `, repeated ${split.repeats} times with other folds` : '';
  const validated = split.folds > 1 && split.file === undefined ? ` In each run ${percent(split.validation)} of the patients outside its fold validated.` : '';
  return `${design}${repeated}; ${plural(members.length, 'run')} with ${seeds.length === 1 ? `seed ${seeds[0]}` : `the seeds ${sentenceList(seeds.map(String))}`}.${validated}`;
}

/** What computed; seeds are told by the design. */
export function softwareOf({ done }: StudyMaterial): string {
  const texts = [...new Set(done.flatMap(({ lineage }) => (lineage ? [softwareText(lineage).replace(/; seeds: .*$/, '.')] : [])))];
  return texts.length > 1 ? `Runs were made with different software: ${texts.join(' ')}` : (texts[0] ?? '');
}
