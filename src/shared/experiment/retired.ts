import { valueAt, type Path } from './schema-tree.js';

/** Options that were tried and are gone, with the values by which they were left alone. */
const retired: readonly { readonly path: readonly [block: string, key: string]; idle(value: unknown): boolean }[] = [
  { path: ['loss', 'compare'], idle: (value) => value === 'means' },
  { path: ['loss', 'marginFrom'], idle: (value) => value === null },
  { path: ['mining', 'judgementsBind'], idle: (value) => value === false },
  { path: ['mining', 'leaveOutHardest'], idle: (value) => value === 0 },
  { path: ['mining', 'diversity'], idle: (value) => valueAt(value, ['clusters']) === 0 },
  { path: ['mining', 'scoreMemory'], idle: (value) => value === 0 },
  { path: ['finetune', 'teacherMomentum'], idle: (value) => value === 0 },
];

/** Whether a block once had this key. */
export function isRetired(path: Path, key: string): boolean {
  return retired.some((one) => one.path.join('.') === [...path, key].join('.'));
}

/** What a run of before wrote of options it left alone is taken out; what it made use of stays, and is refused by the schema: such a run cannot be told in today's words. */
export function withoutRetired(data: unknown): unknown {
  const kept: unknown = structuredClone(data);
  for (const { path, idle } of retired) {
    const block = valueAt(kept, [path[0]]);
    if (typeof block === 'object' && block !== null && path[1] in block && idle(valueAt(block, [path[1]]))) delete (block as Record<string, unknown>)[path[1]];
  }
  return kept;
}
