import { error, type Finding } from './finding.js';
import type { Experiment } from './index.js';
import { set } from './mend.js';

/** Rules on the classes of a cohort. */
export function classRules({ cohort: { classes, negative }, mining: { rounds }, finetune, encoder }: Experiment): Finding[] {
  const twice = classes.find((name, i) => classes.indexOf(name) < i);
  if (twice !== undefined) return error('classes-equal', ['cohort', 'classes'], `Two of the classes are both "${twice}".`, 'Name the label value of the negative class first, then that of each positive class, every one once.');
  if (negative) return [];
  if (classes.length === 2) return error('subtypes-too-few', ['cohort', 'negative'], 'Two classes of which none is negative are one question with two answers.', 'Leave "negative" out and take either class as the first, or name a third class.', set(['cohort', 'negative'], true));
  const learns = encoder.kind === 'resnet' || (encoder.kind === 'onnx' && encoder.adapter !== null);
  if (rounds === 1 || !finetune.enabled || !learns) return [];
  return error('nothing-to-mine', ['cohort', 'negative'], 'Without negative slides there are no hard negatives, so no round could fine-tune the encoder.', 'Set "mining.rounds" to 1, or name a negative class first.', set(['mining', 'rounds'], 1));
}
