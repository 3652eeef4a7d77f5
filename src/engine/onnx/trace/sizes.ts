import type { Dimension } from '../../contract.js';
import type { Constant, GraphDefinition, GraphNode } from '../graph/definition.js';
import { sameShape } from '../values/shapes.js';
import { SizeNodes } from './size-nodes.js';
import { fitSize, type Sample } from './size-expressions.js';
import { portNames } from './trace.js';

type Sizes = Readonly<Record<string, number>>;

/** Sizes to trace with: primes, and others that share no step with them. */
const SMALL = [211, 307, 401, 503, 601, 701];
const STEPS = [16, 36, 60, 96, 130, 168];
const LARGE = [1021, 2027, 3049, 4051, 5087, 6101];

/**
 * One graph for every value of the named sizes of `shapes`. The body is traced at several sizes;
 * constants that differ become expressions of the inputs' shapes.
 * @param fixed sizes that the program has by itself: none is taken for a named one.
 * @throws Error when the body's form, and not only its numbers, depends on a size.
 */
export function traceEverySize(program: string, shapes: Readonly<Record<string, readonly Dimension[]>>, fixed: ReadonlySet<Dimension>, traceAt: (sizes: Sizes) => GraphDefinition): GraphDefinition {
  const names = [...new Set(Object.values(shapes).flatMap((shape) => shape.filter((dimension) => typeof dimension === 'string')))];
  if (names.length === 0) return traceAt({});
  if (names.length > SMALL.length) throw new Error(`program "${program}" has ${names.length} named sizes, more than ${SMALL.length}`);
  const clash = (shift: number) => names.some((_, i) => [0, STEPS[i]!, LARGE[i]!].some((step) => fixed.has(SMALL[i]! + shift + step)));
  let shift = 0;
  while (clash(shift)) shift += 1;
  const sizesOf = (step: (i: number) => number) => Object.fromEntries(names.map((name, i) => [name, SMALL[i]! + shift + step(i)]));
  const base = sizesOf(() => 0);
  const variants = names.map((_, k) => sizesOf((i) => (i === k ? STEPS[i]! : 0)));
  const control = sizesOf((i) => LARGE[i]!);
  const samples: Sample[] = [base, ...variants, control].map((sizes) => ({ sizes, graph: traceAt(sizes) }));
  return unify(program, shapes, samples);
}

function unify(program: string, shapes: Readonly<Record<string, readonly Dimension[]>>, samples: readonly Sample[]): GraphDefinition {
  const { graph } = samples[0]!;
  const depends = (what: string) => new Error(`program "${program}" takes another form at another size (${what}): its body may not branch on a named size`);
  if (samples.some((sample) => sample.graph.nodes.length !== graph.nodes.length)) throw depends('the number of operations');

  const sizeNodes = new SizeNodes(new Map(Object.entries(shapes).map(([name, shape]) => [portNames.input(name), shape])));
  const nodes = graph.nodes.map((node, i): GraphNode => {
    const twins = samples.map((sample) => sample.graph.nodes[i]!);
    if (!twins.every((twin) => sameNode(twin, node))) throw depends(node.op);
    const inputs = node.inputs.map((input, slot) => {
      const constants = twins.map((twin, s) => samples[s]!.graph.constants.get(twin.inputs[slot]!));
      if (constants.every((constant) => !constant)) return input;
      if (!constants.every((constant) => constant && sameShape(constant.shape, constants[0]!.shape))) throw depends(`a constant of ${node.op}`);
      return unifyConstant(constants as Constant[], input);
    });
    return { ...node, inputs };

    function unifyConstant(constants: readonly Constant[], input: string): string {
      const { type, shape, data } = constants[0]!;
      const differing = [...Array(data.length).keys()].filter((k) => constants.some((constant) => constant.data[k] !== data[k]));
      if (differing.length === 0) return input;
      if (type === 'int64' && shape.length === 1) {
        // Reshape infers one size by itself.
        if (node.op === 'Reshape' && differing.length === 1) return sizeNodes.shapeWithOneUnknown(data, differing[0]!);
        return sizeNodes.vector([...Array(data.length).keys()].map((k) => fit(constants, k)));
      }
      if (data.length !== 1) throw depends(`a constant of ${node.op}`);
      return sizeNodes.scalar(fit(constants, 0), type, shape);
    }

    function fit(constants: readonly Constant[], k: number) {
      const expression = fitSize(constants.map((constant) => constant.data[k]!), samples, constants[0]!.type === 'float32');
      if (!expression) throw depends(`a number of ${node.op} that is no simple function of the sizes`);
      return expression;
    }
  });

  const live = new Set([...sizeNodes.nodes, ...nodes].flatMap((node) => node.inputs));
  return {
    nodes: [...sizeNodes.nodes, ...nodes],
    inputs: graph.inputs.map((port) => ({ ...port, shape: sizeNodes.inputShapes.get(port.name) ?? port.shape })),
    outputs: graph.outputs.map((port, i) => ({ ...port, shape: port.shape.map((size, axis) => (samples.every((sample) => sample.graph.outputs[i]!.shape[axis] === size) ? size : `${port.name}[${axis}]`)) })),
    constants: new Map([...graph.constants, ...sizeNodes.constants].filter(([name]) => live.has(name))),
  };
}

function sameNode(a: GraphNode, b: GraphNode): boolean {
  return a.op === b.op && a.inputs.length === b.inputs.length && JSON.stringify(a.attributes) === JSON.stringify(b.attributes);
}
