import { describe, expect, it } from 'vitest';
import { explainAt } from '../../../src/language/hover.js';

const json = '{ "name": "a", "loss": { "topK": 5, "margin": 1 }, "mining": { "positiveRatio": { "from": 0.1 } }, "augmentations": { "crop": [0.2, 1] }, "encoder": { "kind": "onnx", "layout": "nchw" }, "nonsense": 1 }';
const yaml = 'name: a\nloss:\n  topK: 5 # few\n  margin: 1\n';
const at = (text: string, file: string, word: string) => explainAt(text, file, text.indexOf(word) + 1);

describe('hovers', () => {
  it('give meaning, default with unit, range, source and equation', () => {
    expect(at(json, 'x.mil.json', '"topK"')?.meaning).toBe('**loss.topK**\n\nPatches of each slide the ranking loss compares; clipped to the bag.\n\nDefault `10` patches · at least 1 · *paper §3*\n\n`L_rank = max(0, margin − mean(topK c⁺) + mean(topK c⁻))`');
  });

  it('cover the key or the value under the pointer', () => {
    for (const [text, file] of [[json, 'x.mil.json'], [yaml, 'x.mil.yaml']] as const) {
      const key = at(text, file, 'topK')!;
      expect(text.slice(key.start, key.end).replaceAll('"', '')).toBe('topK');
      const value = at(text, file, '5')!;
      expect(text.slice(value.start, value.end)).toBe('5');
      expect(value.meaning).toBe(key.meaning);
    }
  });

  it('say where a value differs from the paper, the reference code or another source, and only there', () => {
    expect(at(json, 'x.mil.json', '"topK"')?.badges).toEqual(['$(beaker) Differs from the paper: `10` there, `5` here.']);
    expect(at(json, 'x.mil.json', '"margin"')?.badges).toEqual([]);
    expect(at('loss:\n  bag: 1\n', 'x.yaml', 'bag')?.badges).toEqual(['$(beaker) Differs from the reference code: `0.5` there, `1` here.']);
    expect(at(json, 'x.mil.json', '0.2')?.badges).toEqual(['$(beaker) Differs from SimCLR: `[0.4,1]` there, `[0.2,1]` here.']);
  });

  it('know the kind of a block', () => {
    expect(at(json, 'x.mil.json', '"layout"')?.meaning).toContain('`"nhwc"` or `"nchw"`');
    expect(at(json.replace('onnx', 'resnet'), 'x.mil.json', '"layout"')).toBeUndefined();
  });

  it('are silent where nothing is known', () => {
    expect(at(json, 'x.mil.json', '"nonsense"')).toBeUndefined();
    expect(explainAt(json, 'x.mil.json', 0)).toBeUndefined();
    expect(explainAt('{ "name" ', 'x.mil.json', 200)).toBeUndefined();
    expect(explainAt('', 'x.mil.yaml', 0)).toBeUndefined();
  });
});
