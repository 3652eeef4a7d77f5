import { z } from 'zod';
import { lintRules, type RuleCode } from '../lint/rules.js';
import { field, required } from './field.js';

/** Rules that warn; what they forbid cannot be allowed. */
const silenceable = Object.keys(lintRules).filter((code) => lintRules[code as RuleCode].severity === 'warning') as [RuleCode, ...RuleCode[]];

const silenced = z.strictObject({
  code: required(z.enum(silenceable), { description: 'Code of a rule that warns; docs/rules has a page on each.' }),
  reason: required(z.string().trim().min(10), { description: 'Why it may be, in a sentence; the report shows it.' }),
});

/** Which findings are known and meant. */
export const checkSchema = z.strictObject({
  ignore: field(z.array(silenced), [], { description: 'Rules that are not to warn, each with a reason, which the report shows.' }),
});
