import { join } from 'node:path';
import { labelsOf } from '../../../cohort/table/classes.js';
import { calledClasses } from '../../../mil/metrics/class-values.js';
import type { CohortOptions } from '../../../shared/experiment/index.js';
import { roundFiles, runFiles } from '../../../shared/run/layout.js';
import { readPredictions, type SlidePrediction } from '../../../shared/run/predictions.js';
import { readResult, readRounds } from '../../../shared/run/read.js';
import type { CohortFacts, CohortSlideFacts } from '../../../shared/rpc/slides.js';
import type { RunMaterial, RunSlide } from '../run-material.js';

/** What a round said of a slide. */
interface Said {
  readonly prediction: SlidePrediction;
  readonly threshold: number;
  readonly round: number;
}

/** The slides of a run in the order of its cohort table, with the newest predictions there are. */
export function cohortFacts(material: RunMaterial): CohortFacts {
  const predictions = newestPredictions(material.run);
  return {
    name: material.experiment.name,
    slides: [...material.slides.values()].map((slide) => slideFacts(slide, material.experiment.cohort, predictions.get(slide.id))),
  };
}

/** One slide of a run, as `cohortFacts` tells it. */
export function cohortSlide(material: RunMaterial, slide: RunSlide): CohortSlideFacts {
  return slideFacts(slide, material.experiment.cohort, newestPredictions(material.run).get(slide.id));
}

function slideFacts(slide: RunSlide, cohort: CohortOptions, said: Said | undefined): CohortSlideFacts {
  const { id, path, patient, label, split } = slide;
  const facts = { id, path, patient, label: nameOf(cohort, slide.classes), positive: label, split: split ?? null };
  if (!said) return { ...facts, call: null, probability: null, threshold: null, round: null };
  const { prediction, threshold, round } = said;
  const probabilities = prediction.probabilities ?? [prediction.probability];
  const called = calledClasses(probabilities, { exclusive: cohort.separator === '', negative: cohort.negative, threshold });
  const wrong = called.join() !== (prediction.classes ?? (label === 1 ? [0] : [])).join();
  return { ...facts, call: { name: nameOf(cohort, called), wrong }, probability: prediction.probability, threshold, round };
}

function nameOf(cohort: CohortOptions, classes: readonly number[]): string {
  return labelsOf(cohort, { classes }).join(' + ');
}

/** By slide id: of the selected round where the run is done, since that one is reported, else of the newest. */
function newestPredictions(run: string): Map<string, Said> {
  const result = readResult(run);
  const rounds = readRounds(run);
  const chosen = rounds.find(({ metrics }) => metrics.round === result?.selectedRound) ?? rounds.at(-1);
  if (!chosen) return new Map();
  const { round, validation } = chosen.metrics;
  const all = [...(readPredictions(join(chosen.folder, roundFiles.predictions)) ?? []), ...(result ? (readPredictions(join(run, runFiles.testPredictions)) ?? []) : [])];
  return new Map(all.map((prediction) => [prediction.slide, { prediction, threshold: validation.threshold, round }]));
}
