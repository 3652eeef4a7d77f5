import { networksOf, type Problem } from '../problems/problem.js';
import { meanFigures, outcomeOf, type Figures, type Outcome } from '../protocol/selection.js';
import type { NetworkResult } from './store.js';

/** What one aggregator reached on one problem. */
export interface Row {
  readonly variant: string;
  /** One outcome a repeat: the mean over its folds. Unfinished repeats are left out. */
  readonly repeats: readonly Outcome[];
}

/** The repeats that have all their networks, each the mean of its folds. */
export function rowOf(variant: string, results: readonly NetworkResult[], problem: Pick<Problem, 'design'>): Row {
  const seeds = [...new Set(results.map(({ seed }) => seed))];
  const complete = seeds.map((wanted) => results.filter(({ seed }) => seed === wanted)).filter((own) => own.length === networksOf(problem));
  return { variant, repeats: complete.map((own) => meanOutcome(outcomesOf(own, problem))) };
}

/** An outcome a fold, of the networks that left it out: each is validated on the other fold that it left out. */
function outcomesOf(repeat: readonly NetworkResult[], { design }: Pick<Problem, 'design'>): Outcome[] {
  const curves = repeat.toSorted((a, b) => a.network - b.network).map(({ curve }) => curve);
  if (design === 'single') return [outcomeOf(curves)];
  const folds = [...new Set(design.flat())];
  return folds.map((fold) =>
    outcomeOf(
      design.flatMap(([test, validation], network) => {
        const curve = curves[network]!;
        if (test === fold) return [curve];
        return validation === fold ? [{ test: curve.validation, validation: curve.test }] : [];
      }),
    ),
  );
}

/** One table: ours first, the published figures below. */
export function tableOf({ title, protocol, recipe, published, design }: Problem, rows: readonly Row[]): string {
  const ours = rows.filter(({ repeats }) => repeats.length > 0).map(({ variant, repeats }) => {
    const column = (report: keyof Outcome, figure: keyof Figures) => repeats.map((outcome) => outcome[report][figure]);
    const gap = (figure: keyof Figures) => mean(column('oracle', figure)) - mean(column('selected', figure));
    return [
      variant,
      ...(['selected', 'single', 'last', 'oracle'] as const).flatMap((report) => [spread(column(report, 'accuracy')), spread(column(report, 'auroc'))]),
      `+${gap('accuracy').toFixed(3)} / +${gap('auroc').toFixed(3)}`,
      design === 'single' ? `${repeats.length}` : `${repeats.length} × ${new Set(design.flat()).size}`,
    ];
  });
  const theirs = published.map(({ method, accuracy, auroc, source }) => [`*${method}, published*`, accuracy ?? '–', auroc ?? '–', '', '', '', '', '', '', '', source]);
  return [
    `## ${title}`,
    protocol,
    `Recipe: ${recipe.optimizer.kind}, learning rate ${recipe.learningRate}${recipe.schedule ? ` (${recipe.schedule} to 0)` : ''}, weight decay ${recipe.optimizer.weightDecay ?? 0}, ${recipe.epochs} epochs, one bag a step; ${recipe.source}.`,
    '',
    '| | accuracy | AUROC | one network: accuracy | AUROC | last epoch: accuracy | AUROC | oracle: accuracy | AUROC | gap | n |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
    ...[...ours, ...theirs].map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}

function meanOutcome(outcomes: readonly Outcome[]): Outcome {
  const of = (report: keyof Outcome) => meanFigures(outcomes.map((outcome) => outcome[report]));
  return { selected: of('selected'), single: of('single'), last: of('last'), oracle: of('oracle') };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function spread(values: readonly number[]): string {
  const centre = mean(values);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
  return values.length > 1 ? `${centre.toFixed(3)} ± ${deviation.toFixed(3)}` : centre.toFixed(3);
}
