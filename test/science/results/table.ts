import type { Problem } from '../problems/problem.js';
import { meanFigures, outcomeOf, type Figures, type Outcome } from '../protocol/selection.js';
import type { NetworkResult } from './store.js';

/** What one aggregator reached on one problem. */
export interface Row {
  readonly variant: string;
  /** One outcome a repeat: the mean over its folds. Unfinished repeats are left out. */
  readonly repeats: readonly Outcome[];
}

/** The repeats that have all their networks, each the mean of its folds. */
export function rowOf(variant: string, results: readonly NetworkResult[], { networks }: Pick<Problem, 'networks'>): Row {
  const seeds = [...new Set(results.map(({ seed }) => seed))];
  const complete = seeds.map((wanted) => results.filter(({ seed }) => seed === wanted)).filter((own) => own.length === networks);
  return { variant, repeats: complete.map((own) => meanOutcome(outcomesOf(own))) };
}

/**
 * An outcome a fold. In a cross-validation each network is tested on both folds that it left out, and
 * the epoch of a fold is selected on all other folds together, each scored by the network that left
 * it out. A single network has a validation part of its own.
 */
function outcomesOf(repeat: readonly NetworkResult[]): Outcome[] {
  const curves = repeat.toSorted((a, b) => a.network - b.network).map(({ curve }) => curve);
  if (curves.length === 1) return [outcomeOf(curves[0]!.test, [curves[0]!.validation])];
  const parts = curves.flatMap(({ test, validation }) => [test, validation]);
  return parts.map((part) => outcomeOf(part, parts.filter((other) => other !== part)));
}

/** One table: ours first, the published figures below. */
export function tableOf({ title, protocol, recipe, published, networks }: Problem, rows: readonly Row[]): string {
  const ours = rows.filter(({ repeats }) => repeats.length > 0).map(({ variant, repeats }) => {
    const column = (report: keyof Outcome, figure: keyof Figures) => repeats.map((outcome) => outcome[report][figure]);
    const gap = (figure: keyof Figures) => mean(column('oracle', figure)) - mean(column('selected', figure));
    return [
      variant,
      ...(['selected', 'last', 'oracle'] as const).flatMap((report) => [spread(column(report, 'accuracy')), spread(column(report, 'auroc'))]),
      `+${gap('accuracy').toFixed(3)} / +${gap('auroc').toFixed(3)}`,
      `${repeats.length}${networks > 1 ? ` × ${2 * networks}` : ''}`,
    ];
  });
  const theirs = published.map(({ method, accuracy, auroc, source }) => [`*${method}, published*`, accuracy ?? '–', auroc ?? '–', '', '', '', '', '', source]);
  return [
    `## ${title}`,
    protocol,
    `Recipe: ${recipe.optimizer.kind}, learning rate ${recipe.learningRate}${recipe.schedule ? ` (${recipe.schedule} to 0)` : ''}, weight decay ${recipe.optimizer.weightDecay ?? 0}, ${recipe.epochs} epochs, one bag a step; ${recipe.source}.`,
    '',
    '| | accuracy | AUROC | last epoch: accuracy | AUROC | oracle: accuracy | AUROC | gap | n |',
    '|---|---|---|---|---|---|---|---|---|',
    ...[...ours, ...theirs].map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}

function meanOutcome(outcomes: readonly Outcome[]): Outcome {
  const of = (report: keyof Outcome) => meanFigures(outcomes.map((outcome) => outcome[report]));
  return { selected: of('selected'), last: of('last'), oracle: of('oracle') };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function spread(values: readonly number[]): string {
  const centre = mean(values);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
  return values.length > 1 ? `${centre.toFixed(3)} ± ${deviation.toFixed(3)}` : centre.toFixed(3);
}
