import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cohortRules } from '../../../src/cohort/lint/rules/index.js';
import { runRules } from '../../../src/host/lint/run/index.js';
import { parseExperiment } from '../../../src/shared/experiment/parse.js';
import { isRule, lintRules, rulePage, type RuleCode } from '../../../src/shared/lint/rules.js';
import { silencedRules, withoutSilenced } from '../../../src/shared/lint/silence.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const pages = join(root, 'docs/rules');
const codes = Object.keys(lintRules) as RuleCode[];
const looked = { files: 'in the editor, and by `mil check FILE`', pictures: 'by `mil check FILE`; in the editor what is remembered of it', stores: 'by `mil check FILE`, and by a run before it trains', run: 'when a run is done, and by `mil check RUN`' } as const;

describe('the pages of the rules', () => {
  it('are one a rule, and a list of all', () => {
    expect(readdirSync(pages).sort()).toEqual([...codes.map((code) => `${code}.md`), 'README.md'].sort());
  });

  it.each(codes)('%s says what, why, how to mend it, an example, and how to silence it', (code) => {
    const page = readFileSync(join(root, rulePage(code)), 'utf8');
    expect(page.startsWith(`# ${lintRules[code].title}\n\`${code}\` · ${lintRules[code].severity}\n`)).toBe(true);
    for (const part of ['What.', 'Why it matters.', 'How to mend it.', 'Example.', 'Silencing.']) expect(page).toMatch(new RegExp(`^\\*\\*${part}\\*\\* \\S.{20,}`, 'm'));
    expect(page.includes(`"check": { "ignore": [{ "code": "${code}"`)).toBe(lintRules[code].severity === 'warning');
  });

  it('are listed with severity, title and when they are looked at', () => {
    const rows = readFileSync(join(pages, 'README.md'), 'utf8').split('\n').filter((line) => line.startsWith('| [`'));
    expect(rows).toEqual(codes.map((code) => `| [\`${code}\`](${code}.md) | ${lintRules[code].severity} | ${lintRules[code].title} | ${looked[lintRules[code].looksAt]} |`));
  });

  it('tell of every rule there is', () => {
    for (const { code } of [...cohortRules, ...runRules]) expect(isRule(code)).toBe(true);
    expect(isRule('cohort-empty')).toBe(false);
    expect(isRule('toString')).toBe(false);
  });
});

describe('silencing', () => {
  const parse = (ignore: string) => parseExperiment(`{ "name": "a", "cohort": { "table": "c.csv" }, "check": { "ignore": ${ignore} } }`, 'a.mil.json');
  const found = [{ severity: 'warning', code: 'test-too-small' }, { severity: 'warning', code: 'mpp-unknown' }, { severity: 'error', code: 'patient-in-two-splits' }] as const;

  it('takes warnings away that have a reason, which the report is told', () => {
    const { experiment } = parse('[{ "code": "test-too-small", "reason": "a demonstration, no result" }]');
    expect(withoutSilenced(found, experiment!).map(({ code }) => code)).toEqual(['mpp-unknown', 'patient-in-two-splits']);
    expect(silencedRules(experiment!)).toEqual([{ code: 'rule-silenced', message: 'The experiment silences the rule "test-too-small". Reason given: a demonstration, no result' }]);
    expect(withoutSilenced(found, parse('[]').experiment!)).toEqual(found);
  });

  it.each([
    ['[{ "code": "test-too-smal", "reason": "a demonstration, no result" }]'],
    ['[{ "code": "patient-in-two-splits", "reason": "there is only one patient" }]'],
    ['[{ "code": "test-too-small", "reason": "because" }]'],
    ['[{ "code": "test-too-small" }]'],
    ['["test-too-small"]'],
  ])('refuses %s', (ignore) => {
    const { experiment, diagnostics } = parse(ignore);
    expect(experiment).toBeUndefined();
    expect(diagnostics.every(({ severity }) => severity === 'error')).toBe(true);
    expect(diagnostics.length).toBeGreaterThan(0);
  });
});
