import { describe, expect, it } from 'vitest';
import { editorSchema } from '../../../src/language/editor-schema.js';
import { experimentJsonSchema } from '../../../src/shared/experiment/index.js';

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly allOf?: readonly { readonly then: Node }[];
  readonly markdownDescription?: string;
  readonly default?: unknown;
  readonly defaultSnippets?: readonly unknown[];
}
const schema = editorSchema() as Node;

describe('the schema editors complete by', () => {
  it('explains every field with its default', () => {
    const bare: string[] = [];
    const visit = (node: Node, path: string): void => {
      for (const [key, inner] of Object.entries(node.properties ?? {})) {
        if (!inner.markdownDescription && key !== '$schema' && !/\.(kind|format)$/.test(`${path}.${key}`)) bare.push(`${path}.${key}`);
        visit(inner, `${path}.${key}`);
      }
      for (const { then } of node.allOf ?? []) visit(then, path);
    };
    visit(schema, '');
    expect(bare).toEqual([]);
    expect(schema.properties?.loss?.properties?.topK).toMatchObject({ default: 10, markdownDescription: expect.stringContaining('Default `10` patches · at least 1') as string });
  });

  it('judges nothing: that is left to better words', () => {
    const judging = new Set(['type', 'required', 'additionalProperties', 'enum', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'pattern', 'minLength', 'oneOf', 'anyOf']);
    const found = new Set<string>();
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const [key, inner] of Object.entries(node)) {
        if (['default', 'examples', 'defaultSnippets', 'if'].includes(key)) continue;
        if (judging.has(key)) found.add(key);
        if (key === 'properties') Object.values(inner as object).forEach(visit);
        else visit(inner);
      }
    };
    visit(schema);
    expect([...found]).toEqual([]);
  });

  it('offers a snippet for each kind of encoder', () => {
    expect(schema.properties?.encoder?.defaultSnippets).toEqual([{ label: 'resnet', body: { kind: 'resnet' } }, { label: 'onnx', body: { kind: 'onnx', file: '$1' } }, { label: 'features', body: { kind: 'features', folder: '$1' } }]);
  });

  it('stands beside the strict one', () => {
    expect(experimentJsonSchema()).toMatchObject({ additionalProperties: false, required: ['name', 'cohort'] });
  });
});
