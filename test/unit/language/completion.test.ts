import { describe, expect, it } from 'vitest';
import { completeAt } from '../../../src/language/completion.js';
import { cursorAt } from '../../../src/language/cursor.js';

/** Suggestions at the bar. */
const complete = (text: string, file = 'x.mil.yaml') => completeAt(text.replace('|', ''), file, text.indexOf('|'));
const labels = (text: string): string[] => complete(text).map(({ label }) => label);

describe('completions in YAML', () => {
  it('offer the keys of the block that are not there yet, with defaults', () => {
    expect(labels('name: a\n|')).toEqual(['seed', 'seeds', 'cohort', 'split', 'tiling', 'encoder', 'augmentations', 'aggregator', 'loss', 'mining', 'finetune', 'optimizer', 'evaluation', 'engine', 'check']);
    const keys = complete('name: a\nmining:\n  rounds: 3\n  positiveRatio:\n    from: 0.1\n    |\nloss:\n  topK: 3\n');
    expect(keys.map(({ label, detail, insert }) => [label, detail, insert])).toEqual([['to', '0.8', 'to: ${1:0.8}'], ['warmup', '5 rounds', 'warmup: ${1:5}']]);
  });

  it('know the kind of the encoder', () => {
    expect(labels('encoder:\n  kind: onnx\n  |')).toEqual(['file', 'inputSize', 'layout', 'normalisation', 'batch', 'adapter']);
    expect(complete('enc|').find(({ label }) => label === 'encoder')?.insert).toBe('encoder:\n  kind: ${1|resnet,onnx,features|}$0');
  });

  it('offer choices, the default marked', () => {
    expect(complete('aggregator:\n  kind: |').map(({ label, detail }) => `${label} ${detail}`.trim())).toEqual(['dsmil default', 'abmil', 'gated-abmil', 'clam-sb', 'clam-mb', 'transmil', 'dtfd', 'acmil', 'max', 'mean', 'top-k', 'lse']);
    expect(labels('finetune:\n  enabled: f|')).toEqual(['true', 'false']);
    expect(complete('loss:\n  top|').find(({ label }) => label === 'topK')).toMatchObject({ start: 8, end: 11 });
  });

  it('are silent in comments, unknown blocks and JSON, which has a service of its own', () => {
    expect(complete('# na|')).toEqual([]);
    expect(complete('nonsense:\n  |')).toEqual([]);
    expect(complete('{ "| }', 'x.mil.json')).toEqual([]);
  });
});

describe('where one types', () => {
  it.each([
    ['x.mil.json', '{ "cohort": { "table": "|" } }', 'value', ['cohort', 'table']],
    ['x.mil.json', '{ "cohort": { "table": |', 'value', ['cohort', 'table']],
    ['x.mil.json', '{ "cohort": { "ta|', 'key', ['cohort']],
    ['x.mil.json', '{ "cohort": { "classes": ["a", "|"] } }', 'value', ['cohort', 'classes', 1]],
    ['x.mil.yaml', 'cohort:\n  classes: [a, |', 'value', ['cohort', 'classes', 1]],
    ['x.mil.yaml', 'cohort:\n  columns:\n    label: |', 'value', ['cohort', 'columns', 'label']],
    ['x.mil.yaml', 'a:\n  b: 1\nc|', 'key', []],
  ])('%s %j', (file, text, part, path) => {
    expect(cursorAt(text.replace('|', ''), file, text.indexOf('|'))).toMatchObject({ part, path });
  });
});
