const ofEpoch = ['elapsed', 'round', 'epoch', 'position'] as const;

/**
 * The curves of a run as tables of numbers. `elapsed` is milliseconds since the run's first event, `round` counts from 1,
 * `epoch` from 1 in each round, and `position` counts epochs over all rounds; a number that is not
 * defined is NaN. `training` is another number, and a higher one, wherever the aggregator started anew: the round, and a
 * hundredth for each restart.
 */
export const curveTables = {
  'aggregate/train': [...ofEpoch, 'total', 'bag', 'instance', 'ranking', 'lr', 'training'],
  'aggregate/validation': [...ofEpoch, 'total', 'bag', 'instance', 'ranking', 'auroc', 'training'],
  'pretrain/train': [...ofEpoch, 'contrastive', 'lr'],
  'finetune/train': [...ofEpoch, 'contrastive', 'lr'],
  /** A row a finished stage; `stage` is its place in `stages`. Work that a resumed run repeated is there each time. */
  stages: ['elapsed', 'round', 'stage', 'milliseconds'],
  /** Resident memory of the host, bytes. */
  memory: ['elapsed', 'rss'],
  mined: ['elapsed', 'round', 'positives', 'hardNegatives', 'positiveRatio', 'added', 'kept', 'dropped', 'positivePrecision', 'hardNegativePrecision'],
  /** Validation of each round with its interval; patch AUROC where instance truth is given. */
  rounds: ['elapsed', 'round', 'auroc', 'aurocLow', 'aurocHigh', 'patchTrain', 'patchTrainLow', 'patchTrainHigh', 'patchValidation', 'patchValidationLow', 'patchValidationHigh'],
} as const satisfies Record<string, readonly string[]>;

export type CurveTable = keyof typeof curveTables;
export type CurveColumn<Table extends CurveTable = CurveTable> = (typeof curveTables)[Table][number];
export const curveTableNames = Object.keys(curveTables) as CurveTable[];
