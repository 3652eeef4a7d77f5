/** One number of a curve. */
export interface Scalar {
  readonly tag: string;
  readonly step: number;
  readonly value: number;
}

/** First record of every event file, by which TensorBoard knows its version. @param time ms since 1970. */
export function versionRecord(time: number): Buffer {
  return record(event(time, 0, bytesField(3, Buffer.from('brain.Event:2'))));
}

/** A scalar as TensorBoard reads it: message `Event` of tensorflow/core/util/event.proto, framed as in its record_writer. @param time ms since 1970. */
export function scalarRecord(time: number, { tag, step, value }: Scalar): Buffer {
  const number = Buffer.alloc(5);
  number[0] = key(2, 5);
  number.writeFloatLE(value, 1);
  return record(event(time, step, bytesField(5, bytesField(1, Buffer.concat([bytesField(1, Buffer.from(tag)), number])))));
}

/** Length, its checksum, the message, its checksum. */
function record(message: Buffer): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(message.length));
  return Buffer.concat([length, checksum(length), message, checksum(message)]);
}

function event(time: number, step: number, what: Buffer): Buffer {
  const wall = Buffer.alloc(9);
  wall[0] = key(1, 1);
  wall.writeDoubleLE(time / 1000, 1);
  return Buffer.concat([wall, Buffer.from([key(2, 0), ...varint(step)]), what]);
}

function bytesField(field: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([key(field, 2), ...varint(bytes.length)]), bytes]);
}

function key(field: number, wireType: number): number {
  return (field << 3) | wireType;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
}

/** CRC-32C, rotated and shifted as the format wants it, little-endian. */
function checksum(bytes: Buffer): Buffer {
  const crc = crc32c(bytes);
  const masked = Buffer.alloc(4);
  masked.writeUInt32LE((((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0);
  return masked;
}

/** Castagnoli's polynomial; zlib has only the other one. */
export function crc32c(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) crc = table[(crc ^ byte) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});
