import type { GraphDefinition, GraphNode, GraphPort } from './definition.js';

/** Ops that compute less when nobody reads their second output; others must write all they have. */
const OPTIONAL_OUTPUTS = new Set(['MaxPool']);

/** Keeps the nodes, inputs and constants that the outputs need, and lets nodes write outputs by their names. */
export function prune(graph: GraphDefinition, outputs: readonly (GraphPort & { readonly source: string })[]): GraphDefinition {
  const live = new Set(outputs.map(({ source }) => source));
  const kept: GraphNode[] = [];
  for (const node of graph.nodes.slice().reverse()) {
    if (!node.outputs.some((output) => live.has(output))) continue;
    kept.push(node);
    for (const input of node.inputs) live.add(input);
  }
  kept.reverse();

  // The producer of an output writes it directly; inputs, constants and second names need a copy.
  const produced = new Set(kept.flatMap((node) => node.outputs));
  const names = new Map<string, string>();
  const copies: GraphNode[] = [];
  for (const { name, source } of outputs) {
    if (produced.has(source) && !names.has(source)) names.set(source, name);
    else copies.push({ op: 'Identity', inputs: [source], outputs: [name], attributes: {}, domain: '' });
  }
  const renamed = (name: string) => names.get(name) ?? name;
  const nodes = [
    ...kept.map((node) => ({ ...node, inputs: node.inputs.map(renamed), outputs: node.outputs.filter((output, i) => i === 0 || live.has(output) || !OPTIONAL_OUTPUTS.has(node.op)).map(renamed) })),
    ...copies.map((node) => ({ ...node, inputs: node.inputs.map(renamed) })),
  ];
  return {
    nodes,
    inputs: graph.inputs.filter(({ name }) => live.has(name)),
    outputs: outputs.map(({ name, type, shape }) => ({ name, type, shape })),
    constants: new Map([...graph.constants].filter(([name]) => live.has(name))),
  };
}
