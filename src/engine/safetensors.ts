import { readFile } from 'node:fs/promises';
import { HardmineError, messageOf } from '../shared/errors.js';
import { replaceFile } from '../shared/files.js';
import type { ParameterValues } from './contract.js';
import { widen, type StoredType } from './floats.js';

/** What a file carries beside its tensors: strings by name. */
export type SafetensorsMetadata = Readonly<Record<string, string>>;

const HEADER_LIMIT = 100_000_000;
const METADATA = '__metadata__';

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/**
 * Writes float32 tensors as one safetensors file (8 bytes of header length, JSON header, raw
 * little-endian data): to a temporary name, fsynced, renamed. Names are kept in their order.
 * @throws HardmineError `disk-full`, `file-denied`.
 */
export async function writeSafetensors(path: string, values: ParameterValues, metadata?: SafetensorsMetadata): Promise<void> {
  const header: Record<string, Entry | SafetensorsMetadata> = metadata ? { [METADATA]: metadata } : {};
  let end = 0;
  for (const [name, { shape, data }] of Object.entries(values)) {
    header[name] = { dtype: 'F32', shape, data_offsets: [end, (end += data.byteLength)] };
  }
  const json = Buffer.from(JSON.stringify(header));
  const padded = Buffer.alloc(8 + Math.ceil(json.length / 8) * 8, ' ');
  padded.writeBigUInt64LE(BigInt(padded.length - 8));
  json.copy(padded, 8);
  const parts = Object.values(values).map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  replaceFile(path, Buffer.concat([padded, ...parts]));
}

/**
 * Reads a safetensors file; F16, BF16 and F64 come as float32. Tensors that `ignore` names are
 * left out, whatever their type.
 * @throws HardmineError `weights-invalid` when the file is missing, cut short, no safetensors, or holds another type.
 */
export async function readSafetensors(path: string, ignore: (name: string) => boolean = () => false): Promise<{ values: ParameterValues; metadata: SafetensorsMetadata }> {
  const fail = (what: string, cause?: unknown): never => {
    throw new HardmineError('weights-invalid', what, { place: { file: path }, remedy: 'Give a whole safetensors file of floating-point tensors.', cause });
  };
  const bytes = await readFile(path).catch((error: unknown) => fail(`The weights cannot be read: ${messageOf(error)}.`, error));
  if (bytes.length < 8) fail('The file is too short to be safetensors.');
  const length = Number(bytes.readBigUInt64LE());
  if (length > Math.min(HEADER_LIMIT, bytes.length - 8)) fail('The file is cut short or is no safetensors file: its header is longer than the file.');
  const header = parseHeader(bytes.subarray(8, 8 + length)) ?? fail('The header of the file is no safetensors header.');

  const body = bytes.subarray(8 + length);
  const values: ParameterValues = {};
  for (const [name, entry] of Object.entries(header.entries)) {
    if (ignore(name)) continue;
    const size = entry.shape.reduce((a, b) => a * b, 1);
    const [begin, end] = entry.data_offsets;
    if (end > body.length) fail(`The file is cut short: tensor "${name}" ends beyond it.`);
    const type = storedTypes[entry.dtype] ?? fail(`Tensor "${name}" is of type ${entry.dtype}; only F32, F16, BF16 and F64 are read.`);
    if (end - begin !== size * type.bytes) fail(`Tensor "${name}" has shape [${entry.shape.join(', ')}] but ${end - begin} bytes.`);
    values[name] = { shape: entry.shape, data: widen(body.subarray(begin, end), type) };
  }
  return { values, metadata: header.metadata };
}

const storedTypes: Readonly<Record<string, StoredType | undefined>> = {
  F32: { bytes: 4, kind: 'float32' },
  F64: { bytes: 8, kind: 'float64' },
  F16: { bytes: 2, kind: 'float16' },
  BF16: { bytes: 2, kind: 'bfloat16' },
};

function parseHeader(json: Buffer): { entries: Record<string, Entry>; metadata: SafetensorsMetadata } | undefined {
  let header: unknown;
  try {
    header = JSON.parse(json.toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) return undefined;
  const { [METADATA]: metadata = {}, ...entries } = header as Record<string, unknown>;
  const strings = typeof metadata === 'object' && metadata !== null && Object.values(metadata).every((text) => typeof text === 'string');
  if (!strings || !Object.values(entries).every(isEntry)) return undefined;
  return { entries: entries as Record<string, Entry>, metadata: metadata as SafetensorsMetadata };
}

function isEntry(value: unknown): value is Entry {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Partial<Entry>;
  const sizes = (list: unknown): list is number[] => Array.isArray(list) && list.every((n) => Number.isSafeInteger(n) && n >= 0);
  return typeof dtype === 'string' && sizes(shape) && sizes(offsets) && offsets.length === 2 && offsets[0] <= offsets[1];
}
