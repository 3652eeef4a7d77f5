import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../../src/shared/experiment/parse.js';

const folder = path.resolve(import.meta.dirname, '../../experiments/hard-negatives');

describe('the experiment files of this repository', () => {
  it.each(readdirSync(folder).filter((name) => name.endsWith('.mil.json')))('%s is valid', (name) => {
    const { experiment, diagnostics } = parseExperiment(readFileSync(path.join(folder, name), 'utf8'), name);
    expect(diagnostics).toEqual([]);
    expect(experiment?.name).toBe(name.replace('.mil.json', ''));
  });
});
