import type { CohortRule } from '../contract.js';
import { classInOneSite } from './class-in-one-site.js';
import { featuresSawTest } from './features-saw-test.js';
import { labelInColumn } from './label-in-column.js';
import { labelInFeature } from './label-in-feature.js';
import { labelInPath } from './label-in-path.js';
import { labelInSlideProperty } from './label-in-slide-property.js';
import { labelOrderFlipped } from './label-order-flipped.js';
import { nearDuplicateSlides } from './near-duplicate-slides.js';
import { testTooSmall, validationTooSmall } from './part-too-small.js';
import { patientIdsAlike } from './patient-ids-alike.js';
import { patientInSlideNames } from './patient-in-slide-names.js';

/** The rules about a cohort, worst leaks first. */
export const cohortRules: readonly CohortRule[] = [featuresSawTest, patientInSlideNames, patientIdsAlike, nearDuplicateSlides, classInOneSite, labelInSlideProperty, labelInFeature, labelInColumn, labelInPath, labelOrderFlipped, validationTooSmall, testTooSmall];
