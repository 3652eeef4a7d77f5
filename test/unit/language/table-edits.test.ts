import { describe, expect, it } from 'vitest';
import { tableEdits } from '../../../src/language/table-edits.js';
import type { TableFix } from '../../../src/shared/diagnostics.js';
import { apply } from './apply.js';

const cells = (...changes: [line: number, cell: number, was: string, value: string][]): TableFix => ({ kind: 'cells', title: 'x', file: 'c.csv', cells: changes.map(([line, cell, was, value]) => ({ line, cell, was, value })) });
const edited = (text: string, fix: TableFix): string => apply(text, tableEdits(text, fix));

describe('edits of a table', () => {
  it('replace cells where they still hold what they held', () => {
    expect(edited('id,split\na,train\nb,val\n', cells([2, 1, 'train', 'test'], [3, 1, 'test', 'train']))).toBe('id,split\na,test\nb,val\n');
  });

  it('find cells past quotes, breaks, blank lines and carriage returns', () => {
    const text = '\uFEFFid;name;part\r\n\r\n"a;1";"two\r\nlines";train\r\nb; x ;val\r\n';
    expect(edited(text, cells([3, 2, 'train', 'test'], [5, 1, 'x', 'y;z'], [3, 0, 'a;1', 'a']))).toBe('\uFEFFid;name;part\r\n\r\na;"two\r\nlines";test\r\nb;"y;z";val\r\n');
  });

  it('add a column with values for some lines', () => {
    const fix: TableFix = { kind: 'column', title: 'x', file: 'c.csv', name: 'mpp', values: [{ line: 3, value: '0.5' }] };
    expect(edited('id,path\na,a.svs\nb,"b,1.svs"\n', fix)).toBe('id,path,mpp\na,a.svs,\nb,"b,1.svs",0.5\n');
    expect(edited('id\tpath\r\na\ta.svs', fix)).toBe('id\tpath\tmpp\r\na\ta.svs\t');
  });
});
