import { describe, expect, it } from 'vitest';
import { differingKeys } from '../../../../webview-ui/dashboard/differences.js';

describe('settings that differ', () => {
  it('are those of another value, and those that one run lacks', () => {
    expect(differingKeys([{ seed: '1', a: '2', b: '3' }, { seed: '1', a: '4' }])).toEqual(['a', 'b']);
  });

  it('are none of one run, and none of runs not read yet', () => {
    expect(differingKeys([{ seed: '1' }])).toEqual([]);
    expect(differingKeys([{ seed: '1' }, {}])).toEqual([]);
  });
});
