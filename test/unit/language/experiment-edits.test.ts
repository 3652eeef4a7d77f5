import { describe, expect, it } from 'vitest';
import { experimentEdits } from '../../../src/language/experiment-edits.js';
import type { ExperimentFix } from '../../../src/shared/diagnostics.js';
import { parseExperiment } from '../../../src/shared/experiment/parse.js';
import { apply } from './apply.js';

const json = `{
  // an experiment
  "name": "a",
  "cohort": { "table": "c.csv" }, // one a slide
  "tiling": {
    "sise": 64,
    "mpp": "0.5"
  },
  "topK": 4
}
`;
const yaml = `# an experiment
name: a
cohort:
    table: c.csv # one a slide
tiling:
    sise: 64
    mpp: "0.5"
topK: 4
`;
const edited = (text: string, file: string, fix: ExperimentFix): string => apply(text, experimentEdits(text, file, fix));
const title = 'x';

describe('edits of an experiment', () => {
  it.each<[string, ExperimentFix, string, string]>([
    ['renames a key', { kind: 'rename', title, path: ['tiling', 'sise'], key: 'size' }, json.replace('sise', 'size'), yaml.replace('sise', 'size')],
    ['replaces a value', { kind: 'set', title, path: ['tiling', 'mpp'], value: 0.25 }, json.replace('"0.5"', '0.25'), yaml.replace('"0.5"', '0.25')],
    ['removes an entry with its line', { kind: 'remove', title, path: ['tiling', 'sise'] }, json.replace('    "sise": 64,\n', ''), yaml.replace('    sise: 64\n', '')],
    ['removes the last entry', { kind: 'remove', title, path: ['topK'] }, json.replace(',\n  "topK": 4', ''), yaml.replace('topK: 4\n', '')],
    ['adds to a block', { kind: 'set', title, path: ['tiling', 'overlap'], value: 8 }, json.replace('"0.5"\n', '"0.5",\n    "overlap": 8\n'), yaml.replace('"0.5"\n', '"0.5"\n    overlap: 8\n')],
    ['adds a block', { kind: 'set', title, path: ['mining', 'rounds'], value: 3 }, json.replace('4\n}', '4,\n  "mining": {\n    "rounds": 3\n  }\n}'), `${yaml}mining:\n    rounds: 3\n`],
    ['begins a list', { kind: 'add', title, path: ['seeds'], value: 3 }, json.replace('4\n}', '4,\n  "seeds": [\n    3\n  ]\n}'), `${yaml}seeds: [3]\n`],
    ['moves a key where it belongs', { kind: 'move', title, path: ['topK'], to: ['loss', 'topK'] }, json.replace('"topK": 4', '"loss": {\n    "topK": 4\n  }'), yaml.replace('topK: 4', 'loss:\n    topK: 4')],
  ])('%s', (_, fix, inJson, inYaml) => {
    expect(edited(json, 'x.mil.json', fix)).toBe(inJson);
    expect(edited(yaml, 'x.mil.yaml', fix)).toBe(inYaml);
  });

  it('appends to a list, and leaves what is there as it is', () => {
    const fix: ExperimentFix = { kind: 'add', title, path: ['check', 'ignore'], value: { code: 'b' } };
    expect(edited('check:\n  ignore:\n    - code: a # known\n', 'x.mil.yaml', fix)).toBe('check:\n  ignore:\n    - code: a # known\n    - code: b\n');
    expect(JSON.parse(edited('{ "check": { "ignore": [{ "code": "a" }] } }', 'x.mil.json', fix))).toEqual({ check: { ignore: [{ code: 'a' }, { code: 'b' }] } });
  });

  it('keeps words of YAML that would read as something else in quotes', () => {
    expect(edited('name: a\ncohort:\n  table: c.csv\n  classes: [0, 1]\n', 'x.mil.yaml', { kind: 'set', title, path: ['cohort', 'classes', 0], value: '0' })).toContain('classes: ["0", 1]');
  });

  it('does nothing where the text has moved on', () => {
    expect(experimentEdits(json, 'x.mil.json', { kind: 'rename', title, path: ['tiling', 'gone'], key: 'size' })).toEqual([]);
    expect(experimentEdits(yaml, 'x.mil.yaml', { kind: 'remove', title, path: ['gone'] })).toEqual([]);
  });

  it.each(['x.mil.json', 'x.mil.yaml'])('mends every mistake of %s by the first fix of each finding', (file) => {
    let text = file.endsWith('.json')
      ? '{ "name": 3, "sede": 1, "cohort": { "tabel": "c", "table": "c.csv", "classes": ["a", "a"] }, "encoder": { "kind": "resent" }, "topK": 4, "loss": { "margin": -1 }, "tiling": { "size": "64", "overlap": 80 }, "mining": { "rounds": 3, "refreshEvery": 9 } }'
      : 'name: 3\nsede: 1\ncohort:\n  tabel: c\n  table: c.csv\nencoder:\n  kind: resent\ntopK: 4\nloss:\n  margin: -1\ntiling:\n  size: "64"\n  overlap: 80\nmining:\n  rounds: 3\n  refreshEvery: 9\n';
    const fixed: string[] = [];
    for (let step = 0; step < 20; step++) {
      const fixable = parseExperiment(text, file).diagnostics.find(({ fixes }) => fixes !== undefined);
      if (!fixable) break;
      fixed.push(fixable.code);
      text = edited(text, file, fixable.fixes![0] as ExperimentFix);
    }
    expect(fixed).toEqual(expect.arrayContaining(['wrong-type', 'unknown-key', 'not-a-choice', 'out-of-range', 'overlap-too-large', 'mined-once']));
    expect(parseExperiment(text, file).diagnostics.map(({ code }) => code)).toEqual(file.endsWith('.json') ? ['classes-equal'] : []);
  });
});
