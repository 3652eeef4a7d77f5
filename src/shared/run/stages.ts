/** Stages of a run, in order; pretrain happens once, before round 1, and test once, at the end. */
export const stages = ['prepare', 'pretrain', 'embed', 'aggregate', 'score', 'mine', 'finetune', 'evaluate', 'test'] as const;
export type Stage = (typeof stages)[number];
/** The stages in people's words. */
export const stageNames: Readonly<Record<Stage, string>> = {
  prepare: 'Prepare slides',
  pretrain: 'Pre-train encoder',
  embed: 'Embed patches',
  aggregate: 'Train aggregator',
  score: 'Score patches',
  mine: 'Mine patches',
  finetune: 'Fine-tune encoder',
  evaluate: 'Evaluate',
  test: 'Test',
};
