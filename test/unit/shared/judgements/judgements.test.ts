import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { experimentSchema } from '../../../../src/shared/experiment/index.js';
import { appendJudgement, checkJudgements, judgementsFile, readJudgements } from '../../../../src/shared/judgements/file.js';
import type { Judgement } from '../../../../src/shared/judgements/format.js';
import { judgementLine } from '../../../../src/shared/judgements/line.js';
import { verdicts } from '../../../../src/shared/judgements/verdicts.js';
import { verdictsOf } from '../../../../src/shared/judgements/match.js';
import { parseJudgements } from '../../../../src/shared/judgements/parse.js';
import { standingJudgements } from '../../../../src/shared/judgements/standing.js';

const said = (parts: Partial<Judgement> = {}): Judgement => ({ slide: 'a', x: 0, y: 0, size: 100, verdict: 'artefact', time: '2026-11-22T10:00:00.000Z', ...parts });
const at = (minute: number): string => `2026-11-22T10:${String(minute).padStart(2, '0')}:00Z`;

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'hardmine-judged-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

describe('a judgements file', () => {
  it('gives every judgement back as it was said', () => {
    const file = join(folder(), 'judgements.jsonl');
    const all = [said({ x: 203.63636363636363, run: '20261122-091503-colon', round: 3, who: 'Ada' }), said({ verdict: 'none' })];
    for (const judgement of all) appendJudgement(file, judgement);
    expect(readJudgements(file)).toEqual({ judgements: all, problems: [] });
    expect(readFileSync(file, 'utf8').endsWith('}\n')).toBe(true);
  });

  it('that is not there holds none; the experiment says where it lies', () => {
    const experiment = experimentSchema.parse({ name: 'x', cohort: { table: 'c.csv' } });
    expect(judgementsFile(experiment, '/data')).toBe(join('/data', 'judgements.jsonl'));
    expect(judgementsFile(experimentSchema.parse({ ...experiment, mining: { judgements: '' } }), '/data')).toBeUndefined();
    expect(readJudgements(join(folder(), 'nowhere.jsonl'))).toEqual({ judgements: [], problems: [] });
    expect(readJudgements(undefined).judgements).toEqual([]);
  });

  it('names every line that is none, and keeps the others', () => {
    const lines = [judgementLine(said()), '', '<<<<<<< HEAD', '{"slide": "a", "x": 1', judgementLine(said({ verdict: 'maybe' as 'none' })), judgementLine(said({ size: 0 })), judgementLine(said({ slide: 'b' }))];
    const { judgements, problems } = parseJudgements(lines.join('\r\n'));
    expect(judgements.map(({ slide }) => slide)).toEqual(['a', 'b']);
    expect(problems.map(({ line }) => line)).toEqual([3, 4, 5, 6]);
    expect(problems.map(({ message }) => message).join('\n')).toMatch(/merge[^]*not JSON[^]*verdict[^]*size/);
  });

  it('whose last line was torn does not swallow the next judgement', () => {
    const file = join(folder(), 'judgements.jsonl');
    writeFileSync(file, '{"slide": "a", "x"');
    appendJudgement(file, said());
    const { judgements, problems } = readJudgements(file);
    expect(judgements).toEqual([said()]);
    expect(problems.map(({ line }) => line)).toEqual([1]);
  });

  it('is checked with place and remedy', () => {
    const home = folder();
    const experiment = experimentSchema.parse({ name: 'x', cohort: { table: 'c.csv' } });
    expect(checkJudgements(experiment, home)).toEqual([]);
    appendFileSync(join(home, 'judgements.jsonl'), `${judgementLine(said())}\nnonsense\n`);
    expect(checkJudgements(experiment, home)).toMatchObject([{ severity: 'error', code: 'judgements-invalid', place: { file: join(home, 'judgements.jsonl'), line: 2 } }]);
  });
});

describe('the judgements that stand', () => {
  it('are the latest of each square, and none that was taken back', () => {
    const standing = standingJudgements([said({ time: at(1) }), said({ x: 5, time: at(2) }), said({ verdict: 'mislabelled', time: at(3) }), said({ x: 5, verdict: 'none', time: at(4) })]);
    expect(standing).toEqual([said({ verdict: 'mislabelled', time: at(3) })]);
  });

  it('do not depend on the order of the lines, nor on a line that stands twice', () => {
    const lines = [said({ time: at(1) }), said({ verdict: 'mislabelled', time: at(2) }), said({ verdict: 'confirmed-negative', time: at(2) }), said({ slide: 'b', time: at(3) }), said({ y: 7, time: at(1) })];
    const expected = standingJudgements(lines);
    expect(standingJudgements(lines.toReversed())).toEqual(expected);
    expect(standingJudgements([...lines, ...lines])).toEqual(expected);
    expect(expected.map(({ slide, y }) => [slide, y])).toEqual([['a', 0], ['a', 7], ['b', 0]]);
  });

  it('compares times as times, not as text', () => {
    expect(standingJudgements([said({ time: '2026-11-22T10:00:00.500Z' }), said({ verdict: 'mislabelled', time: '2026-11-22T10:00:00Z' })])[0]!.verdict).toBe('artefact');
  });
});

describe('a judgement holds', () => {
  const verdictAt = (standing: Judgement[], x: number, y: number, size: number, slide = 'a') => verdicts[verdictsOf({ slideOf: [0], x: [x], y: [y], size: [size] }, [slide], standing)[0]!];

  it('for its own patch, on its own slide', () => {
    expect(verdictAt([said()], 0, 0, 100)).toBe('artefact');
    expect(verdictAt([said()], 0, 0, 100, 'b')).toBe('none');
    expect(verdictAt([said()], 100, 0, 100)).toBe('none');
  });

  it('for patches of another tiling that show mostly the same tissue', () => {
    expect(verdictAt([said()], 49, 0, 100)).toBe('artefact');
    expect(verdictAt([said()], 50, 0, 100)).toBe('none');
    expect(verdictAt([said()], 25, 25, 50)).toBe('artefact');
    expect(verdictAt([said()], -50, -50, 400)).toBe('artefact');
    expect(verdictAt([said()], 80, 80, 50)).toBe('none');
  });

  it('the best fit before the latest, the latest among equals', () => {
    const neighbour = said({ x: 30, verdict: 'mislabelled', time: at(9) });
    expect(verdictAt([said(), neighbour], 0, 0, 100)).toBe('artefact');
    expect(verdictAt([said(), neighbour], 30, 0, 100)).toBe('mislabelled');
    expect(verdictAt([said({ x: 10, time: at(1) }), said({ x: -10, verdict: 'mislabelled', time: at(2) })], 0, 0, 100)).toBe('mislabelled');
    expect(verdictAt([said({ x: -10, verdict: 'mislabelled', time: at(2) }), said({ x: 10, time: at(1) })], 0, 0, 100)).toBe('mislabelled');
  });

  it('for no patch whose place is unknown', () => {
    expect(verdictAt([said()], NaN, NaN, NaN)).toBe('none');
  });
});
