import { checkLimits, intendedUse, labelLine, methodLimits, modelLines, unknowns, type CardSection } from '../../../report/card.js';
import { miningText, plural } from '../../../report/methods.js';
import type { StudySummary } from '../../../shared/study/summary.js';
import type { StudyMaterial } from '../material.js';
import { cohortText, designText, softwareOf } from './methods.js';
import { studySentences } from './words.js';

/** The model card of a study (Mitchell et al. 2019): of its models together, none of which is picked. */
export function studyCard(material: StudyMaterial, summary: StudySummary): CardSection[] {
  const { experiment, done } = material;
  return [
    { title: 'Model', lines: [`${plural(done.length, 'model')} of one experiment; the numbers are those of the way they were made, and none of the models is picked for them.`, ...modelLines(experiment)] },
    { title: 'Intended use', lines: intendedUse },
    { title: 'Data', lines: [cohortText(material), designText(material), labelLine].filter(Boolean) },
    { title: 'Training', lines: [miningText(experiment), softwareOf(material)].filter(Boolean) },
    { title: 'Results', lines: done.length > 0 ? studySentences(summary) : ['There is no result yet: no run is done.'] },
    { title: 'Limits', lines: limits(material) },
    { title: 'What is not known', lines: unknowns(experiment) },
  ];
}

function limits({ experiment, state: { members }, done }: StudyMaterial): string[] {
  const seeds = new Set(members.map(({ seed }) => seed)).size;
  const splits = new Set(members.map(({ repeat, fold }) => `${repeat}/${fold}`)).size;
  return [
    ...(seeds === 1 ? ['One seed: how far training alone moves the numbers was not measured.'] : []),
    ...(splits === 1 ? ['One split: how far other patients in test would move the numbers, only the intervals tell.'] : []),
    ...new Set(done.flatMap(({ lineage }) => methodLimits(experiment, lineage))),
    ...checkLimits(done.flatMap(({ warnings }) => warnings), experiment),
  ];
}
