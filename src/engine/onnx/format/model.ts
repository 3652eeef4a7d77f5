import type { Attribute, Constant, ElementType, GraphDefinition, GraphNode, GraphPort } from '../graph/definition.js';
import { bytes, float, int, message } from './protobuf.js';

/** Numbers of onnx.proto's TensorProto.DataType. */
export const elementTypes: Readonly<Record<ElementType, number>> = { float32: 1, int32: 6, int64: 7, bool: 9, float64: 11 };

const IR_VERSION = 8;
const OPSET = 18;

/** Serialises a graph as an ONNX ModelProto (onnx.proto; the comments name its fields). */
export function encodeModel({ nodes, inputs, outputs, constants }: GraphDefinition, name: string): Uint8Array {
  const graph = [
    ...nodes.map((node, i) => message(1, ...nodeProto(node, i))), // node
    bytes(2, name), // name
    ...[...constants].map(([key, constant]) => message(5, ...tensorProto(key, constant))), // initializer
    ...inputs.map((port) => message(11, ...valueInfoProto(port))), // input
    ...outputs.map((port) => message(12, ...valueInfoProto(port))), // output
  ];
  const opsets = [opsetProto('', OPSET), ...[...new Set(nodes.map(({ domain }) => domain))].filter(Boolean).map((domain) => opsetProto(domain, 1))];
  return Buffer.concat([int(1, IR_VERSION), bytes(2, 'hardmine'), message(7, ...graph), ...opsets]);
}

function opsetProto(domain: string, version: number): Buffer {
  return message(8, bytes(1, domain), int(2, version));
}

function nodeProto({ op, inputs, outputs, attributes, domain }: GraphNode, index: number): Buffer[] {
  return [
    ...inputs.map((input) => bytes(1, input)),
    ...outputs.map((output) => bytes(2, output)),
    bytes(3, `${op}_${index}`),
    bytes(4, op),
    ...Object.entries(attributes).map(([key, value]) => message(5, bytes(1, key), ...attributeProto(value))),
    ...(domain ? [bytes(7, domain)] : []),
  ];
}

/** The value's field and, in field 20, its AttributeType. */
function attributeProto(value: Attribute): Buffer[] {
  if (typeof value === 'number') return [int(3, value), int(20, 2)];
  if (typeof value === 'string') return [bytes(4, value), int(20, 3)];
  if ('float' in value) return [float(2, value.float), int(20, 1)];
  return [...value.map((item) => int(8, item)), int(20, 7)];
}

function tensorProto(name: string, { shape, data, type }: Constant): Buffer[] {
  return [...shape.map((size) => int(1, size)), int(2, elementTypes[type]), bytes(8, name), bytes(9, raw(data, type))];
}

function raw(data: ArrayLike<number>, type: ElementType): Uint8Array {
  const { buffer, byteOffset, byteLength } =
    type === 'float32' ? (data instanceof Float32Array ? data : Float32Array.from(data))
    : type === 'float64' ? Float64Array.from(data)
    : type === 'int64' ? BigInt64Array.from(Array.from(data, (value) => BigInt(value)))
    : type === 'int32' ? Int32Array.from(data)
    : Uint8Array.from(data);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function valueInfoProto({ name, type, shape }: GraphPort): Buffer[] {
  const dimensions = shape.map((size) => message(1, typeof size === 'number' ? int(1, size) : bytes(2, size)));
  return [bytes(1, name), message(2, message(1, int(1, elementTypes[type]), message(2, ...dimensions)))];
}
