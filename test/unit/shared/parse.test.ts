import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../../src/shared/experiment/parse.js';

const lines = (text: string, file = 'x.mil.json'): string[] => parseExperiment(text, file).diagnostics.map(({ place, severity, code, message, remedy }) => `${place.file}:${place.line}:${place.column}: ${severity} ${code} ${message} ${remedy ?? ''}`.trim());
const minimal = '"name": "a", "cohort": { "table": "c.csv" }';

describe('parsing an experiment', () => {
  it('writes out every default', () => {
    const { experiment, diagnostics } = parseExperiment(`{ ${minimal} }`, 'a.mil.json');
    expect(diagnostics).toEqual([]);
    expect(experiment).toMatchObject({ seed: 1, tiling: { mpp: 0.5, size: 224 }, encoder: { kind: 'resnet', depth: 18 }, loss: { topK: 10, margin: 1 }, mining: { hardNegativeRatio: 0.05 } });
  });

  it('reads JSON with comments and tabs, and leaves slashes in texts alone', () => {
    const { experiment } = parseExperiment(`// what\n{\n\t"name": "a", /* why\n*/ "cohort": { "table": "https://x//y.csv" } // end\n}`, 'a.mil.json');
    expect(experiment?.cohort.table).toBe('https://x//y.csv');
  });

  it('reads the same experiment from YAML', () => {
    const yaml = parseExperiment('name: a\ncohort:\n  table: c.csv\n', 'a.mil.yaml').experiment;
    expect(yaml).toEqual(parseExperiment(`{ ${minimal} }`, 'a.mil.json').experiment);
  });

  it.each([
    ['{ "name": "a", "sede": 3 }', 'x.mil.json:1:16: error unknown-key "sede" is not a key of an experiment. Did you mean "seed"?'],
    [`{ ${minimal},\n  "topK": 4 }`, 'x.mil.json:2:3: error unknown-key "topK" is not a key of an experiment. It belongs in "loss".'],
    [`{ ${minimal},\n  "encoder": { "kind": "resnet", "layout": "nchw" } }`, 'x.mil.json:2:34: error unknown-key "layout" is not a key of "encoder". It belongs to another kind of "encoder".'],
    [`{ ${minimal},\n  "mining": { "rounds": "ten" } }`, 'x.mil.json:2:25: error wrong-type "mining.rounds" must be a number (rounds); found the text "ten".'],
    [`{ ${minimal},\n  "mining": { "rounds": 2.5 } }`, 'x.mil.json:2:25: error wrong-type "mining.rounds" must be a whole number (rounds); found 2.5.'],
    [`{ ${minimal},\n  "seed": "3" }`, 'x.mil.json:2:11: error wrong-type "seed" must be a number; found the text "3". Leave out the quotes: 3.'],
    [`{ ${minimal},\n  "tiling": { "size": 4 } }`, 'x.mil.json:2:23: error out-of-range "tiling.size" must be at least 8 px; found 4.'],
    [`{ ${minimal},\n  "split": { "test": 1 } }`, 'x.mil.json:2:22: error out-of-range "split.test" must be less than 1; found 1.'],
    [`{ ${minimal},\n  "tiling": { "tissue": { "method": "otzu" } } }`, 'x.mil.json:2:37: error not-a-choice "tiling.tissue.method" must be "otsu" or "otsu-density" or "fixed" or "none"; found the text "otzu". Did you mean "otsu"?'],
    [`{ ${minimal},\n  "encoder": { "kind": "resnet", "depth": 50 } }`, 'x.mil.json:2:43: error not-a-choice "encoder.depth" must be 10 or 18; found 50.'],
    [`{ ${minimal},\n  "encoder": { "file": "e.onnx" } }`, 'x.mil.json:2:14: error missing-key "encoder.kind" is missing; choose "resnet" or "onnx" or "features".'],
    [`{ ${minimal},\n  "augmentations": { "crop": [1] } }`, 'x.mil.json:2:30: error wrong-type "augmentations.crop" must be a list of 2 values; found 1.'],
    [`{ ${minimal},\n  "mining": 4 }`, 'x.mil.json:2:13: error wrong-type "mining" must be a block of keys; found 4.'],
    ['{ "cohort": { "table": "c.csv" } }', 'x.mil.json:1:1: error missing-key "name" is missing.'],
    ['{ "name": "a/b", "cohort": { "table": "c.csv" } }', 'x.mil.json:1:11: error invalid-value "name": use letters'],
    ['{ "name": "a", "cohort": { "table": "" } }', 'x.mil.json:1:37: error out-of-range "cohort.table" is empty.'],
    ['{ "name": a }', 'x.mil.json:1:11: error syntax This is not JSON'],
    ['{ "name": "a", "name": "b" }', 'x.mil.json:1:16: error duplicate-key This key stands twice'],
    ['', 'x.mil.json:1:1: error wrong-type The experiment must be a block of keys; found nothing.'],
    ['[]', 'x.mil.json:1:1: error wrong-type The experiment must be a block of keys; found a list.'],
  ])('says of %s what is wrong, where, and what to do', (text, expected) => {
    expect(lines(text).some((line) => line.startsWith(expected)), lines(text).join('\n')).toBe(true);
    expect(parseExperiment(text, 'x.mil.json').experiment).toBeUndefined();
  });

  it('finds the place in YAML, and tells numbers that should be text', () => {
    expect(lines('name: a\ncohort:\n  table: c.csv\n  classes: [0, 1]\n', 'x.mil.yaml')).toEqual(['x.mil.yaml:4:13: error wrong-type "cohort.classes[0]" must be text; found 0. Put it in quotes: "0".', 'x.mil.yaml:4:16: error wrong-type "cohort.classes[1]" must be text; found 1. Put it in quotes: "1".']);
    expect(lines('name: a\n  b: c\n', 'x.mil.yaml')[0]).toMatch(/^x.mil.yaml:\d+:\d+: error syntax This is not YAML/);
  });

  it('reports all mistakes at once, in the order of the file', () => {
    const codes = parseExperiment('{ "sede": 1, "name": 3, "cohort": { "tabel": "c" }, "loss": { "margin": -1 } }', 'x.mil.json').diagnostics.map(({ code, place }) => [code, place.column]);
    expect(codes).toEqual([['unknown-key', 3], ['wrong-type', 22], ['missing-key', 35], ['unknown-key', 37], ['out-of-range', 73]]);
  });

  it('tells where any value stands, and where a missing one would', () => {
    const { placeOf } = parseExperiment('name: a\ncohort:\n  table: c.csv\n', 'x.mil.yaml');
    expect(placeOf(['cohort', 'table'])).toEqual({ file: 'x.mil.yaml', line: 3, column: 10 });
    expect(placeOf(['cohort', 'slides'])).toEqual({ file: 'x.mil.yaml', line: 3, column: 3 });
    expect(placeOf(['encoder', 'kind'])).toEqual({ file: 'x.mil.yaml', line: 1, column: 1 });
  });

  it('survives aliases without end', () => {
    const bomb = `a: &a [x]\n${Array.from({ length: 9 }, (_, i) => `${String.fromCharCode(98 + i)}: &${String.fromCharCode(98 + i)} [${Array(9).fill(`*${String.fromCharCode(97 + i)}`).join(', ')}]`).join('\n')}\n`;
    expect(parseExperiment(bomb, 'x.yaml').experiment).toBeUndefined();
  });
});
