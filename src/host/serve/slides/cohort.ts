import { join } from 'node:path';
import { sideNames } from '../../../shared/experiment/classes.js';
import { roundFiles, runFiles } from '../../../shared/run/layout.js';
import { readPredictions } from '../../../shared/run/predictions.js';
import { readResult, readRounds } from '../../../shared/run/read.js';
import type { CohortFacts, CohortSlideFacts } from '../../../shared/rpc/slides.js';
import type { RunMaterial, RunSlide } from '../run-material.js';

type Prediction = Pick<CohortSlideFacts, 'probability' | 'threshold' | 'round'>;

const unpredicted: Prediction = { probability: null, threshold: null, round: null };

/** The slides of a run in the order of its cohort table, with the newest predictions there are. */
export function cohortFacts(material: RunMaterial): CohortFacts {
  const predictions = newestPredictions(material.run);
  return {
    name: material.experiment.name,
    classes: sideNames(material.experiment.cohort),
    slides: [...material.slides.values()].map((slide) => slideFacts(slide, predictions.get(slide.id))),
  };
}

/** One slide of a run, as `cohortFacts` tells it. */
export function cohortSlide(material: RunMaterial, slide: RunSlide): CohortSlideFacts {
  return slideFacts(slide, newestPredictions(material.run).get(slide.id));
}

function slideFacts({ id, path, patient, label, split }: RunSlide, prediction: Prediction = unpredicted): CohortSlideFacts {
  return { id, path, patient, label, split: split ?? null, ...prediction };
}

/** By slide id: of the selected round where the run is done, since that one is reported, else of the newest. */
function newestPredictions(run: string): Map<string, Prediction> {
  const result = readResult(run);
  const rounds = readRounds(run);
  const chosen = rounds.find(({ metrics }) => metrics.round === result?.selectedRound) ?? rounds.at(-1);
  if (!chosen) return new Map();
  const { round, validation } = chosen.metrics;
  const all = [...(readPredictions(join(chosen.folder, roundFiles.predictions)) ?? []), ...(result ? (readPredictions(join(run, runFiles.testPredictions)) ?? []) : [])];
  return new Map(all.map(({ slide, probability }) => [slide, { probability, threshold: validation.threshold, round }]));
}
