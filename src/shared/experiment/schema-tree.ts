import type { FieldMeta } from './field.js';
import { experimentJsonSchema } from './index.js';

/** A value of the experiment file, addressed from its root. */
export type Path = readonly PropertyKey[];

/** A field as the JSON Schema has it: its meaning, its type, and what it may hold. */
export interface FieldSchema extends Partial<FieldMeta> {
  readonly type?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
  readonly items?: FieldSchema | readonly FieldSchema[];
  readonly oneOf?: readonly FieldSchema[];
  readonly anyOf?: readonly FieldSchema[];
}

let root: FieldSchema | undefined;

/** The whole experiment as one field. */
export function experimentField(): FieldSchema {
  return (root ??= experimentJsonSchema() as FieldSchema);
}

/** `mining.positiveRatio.to`, `cohort.classes[0]`; empty for the root. */
export function pathText(path: Path): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`)).join('');
}

/** The value at `path` in plain data; undefined where the path leaves it. */
export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], data);
}

/** The field at `path`, where the schema knows it; `data` says which kind of a block is meant. */
export function fieldAt(data: unknown, path: Path): FieldSchema | undefined {
  let field: FieldSchema | undefined = experimentField();
  path.forEach((key, depth) => {
    if (!field) return;
    if (typeof key === 'number') field = itemOf(field, key);
    else field = blocksOf(field, valueAt(data, path.slice(0, depth))).find((block) => Object.hasOwn(block, key))?.[key as string];
  });
  return field;
}

/** The fields a block may have, by key; a block with a `kind` or `format` has those of its kind. */
export function fieldsOf(field: FieldSchema, value: unknown): Readonly<Record<string, FieldSchema>> {
  return Object.assign({}, ...blocksOf(field, value)) as Record<string, FieldSchema>;
}

/** The keys the block at `path` may have. */
export function knownKeys(data: unknown, path: Path): string[] {
  const field = fieldAt(data, path);
  return field ? Object.keys(fieldsOf(field, valueAt(data, path))) : [];
}

/** The values a field may hold, where it may hold only some. */
export function choicesOf(field: FieldSchema): readonly unknown[] {
  if (field.const !== undefined) return [field.const];
  if (field.type === 'boolean') return [true, false];
  return field.enum ?? alternativesOf(field).flatMap((option) => (option.properties ? [] : choicesOf(option)));
}

/** The blocks in which `key` is at home, e.g. `loss` for `topK`; empty for the root. */
export function homesOf(key: string): Path[] {
  const homes = new Map<string, Path>();
  const visit = (field: FieldSchema, path: Path): void => {
    for (const block of blocksOf(field, undefined)) {
      if (Object.hasOwn(block, key)) homes.set(pathText(path), path);
      for (const [name, inner] of Object.entries(block)) visit(inner, [...path, name]);
    }
  };
  visit(experimentField(), []);
  return [...homes.values()];
}

/** The kinds of a choice of blocks: the key that tells them apart, and each kind by its name. */
export function kindsOf(field: FieldSchema): { readonly key: string; readonly kinds: ReadonlyMap<string, FieldSchema> } | undefined {
  const blocks = alternativesOf(field).filter((option) => option.properties);
  const key = Object.keys(blocks[0]?.properties ?? {}).find((name) => blocks.every((block) => block.properties?.[name]?.const !== undefined));
  return key === undefined ? undefined : { key, kinds: new Map(blocks.map((block) => [String(block.properties![key]!.const), block])) };
}

/** The shapes a field may have: one for a block, and of a choice of blocks the one `value` names, else all. */
function blocksOf(field: FieldSchema, value: unknown): Readonly<Record<string, FieldSchema>>[] {
  if (field.properties) return [field.properties];
  const choice = kindsOf(field);
  const named = choice?.kinds.get(String(valueAt(value, [choice.key])));
  if (named) return [named.properties!];
  return alternativesOf(field).flatMap(({ properties }) => (properties ? [properties] : []));
}

function alternativesOf({ oneOf, anyOf }: FieldSchema): readonly FieldSchema[] {
  return oneOf ?? anyOf ?? [];
}

function itemOf({ items }: FieldSchema, index: number): FieldSchema | undefined {
  return Array.isArray(items) ? (items as readonly FieldSchema[])[index] : (items as FieldSchema | undefined);
}
