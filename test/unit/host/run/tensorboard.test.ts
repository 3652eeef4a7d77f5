import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { crc32c } from '../../../../src/host/run/tensorboard/record.js';
import { tensorboardWriter } from '../../../../src/host/run/tensorboard/index.js';
import type { RunEvent } from '../../../../src/shared/run/events.js';
import { temporaryFolder } from './fixtures.js';

const loss = (seq: number, round: number, epoch: number, split: 'train' | 'validation', bag: number): RunEvent => ({ seq, time: 1_700_000_000_000 + seq, type: 'loss', stage: 'aggregate', round, epoch, split, total: bag, bag, auroc: null });

/** Takes event files apart by the published layout, checking lengths and checksums. */
function readEvents(folder: string): { time: number; step: number; tag?: string; value?: number }[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const bytes = readFileSync(join(folder, name));
      const messages: Buffer[] = [];
      for (let at = 0; at < bytes.length; ) {
        const length = Number(bytes.readBigUInt64LE(at));
        expect(unmask(bytes.readUInt32LE(at + 8))).toBe(crc32c(bytes.subarray(at, at + 8)));
        const message = bytes.subarray(at + 12, at + 12 + length);
        expect(unmask(bytes.readUInt32LE(at + 12 + length))).toBe(crc32c(message));
        messages.push(message);
        at += length + 16;
      }
      expect(messages[0]!.includes('brain.Event:2')).toBe(true);
      return messages.slice(1).map((message) => {
        const fields = fieldsOf(message);
        const value = fieldsOf(fieldsOf(fields.get(5) as Buffer).get(1) as Buffer);
        return { time: (fields.get(1) as Buffer).readDoubleLE(0), step: fields.get(2) as number, tag: (value.get(1) as Buffer).toString(), value: (value.get(2) as Buffer).readFloatLE(0) };
      });
    });
}

function unmask(masked: number): number {
  const rotated = (masked - 0xa282ead8) >>> 0;
  return ((rotated >>> 17) | (rotated << 15)) >>> 0;
}

/** The fields of a protocol buffer: numbers, or the bytes of anything else. */
function fieldsOf(message: Buffer): Map<number, number | Buffer> {
  const fields = new Map<number, number | Buffer>();
  let at = 0;
  const varint = (): number => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = message[at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  const take = (length: number): Buffer => message.subarray(at, (at += length));
  while (at < message.length) {
    const key = varint();
    const kind = key & 7;
    fields.set(key >> 3, kind === 0 ? varint() : take(kind === 1 ? 8 : kind === 5 ? 4 : varint()));
  }
  return fields;
}

describe('event files for TensorBoard', () => {
  it('carry the checksum of Castagnoli', () => {
    // RFC 3720, B.4, and the usual check value.
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
  });

  it('hold the curves, training and validation apart, and go on after a stop', () => {
    const run = temporaryFolder();
    const first = [loss(1, 1, 1, 'train', 0.75), loss(2, 1, 1, 'validation', 0.5), loss(3, 1, 2, 'train', 0.625)];
    writeFileSync(join(run, 'events.jsonl'), '');
    const write = tensorboardWriter(run);
    first.forEach(write);
    writeFileSync(join(run, 'events.jsonl'), first.map((event) => `${JSON.stringify(event)}\n`).join(''));
    const training = join(run, 'tensorboard/training');
    expect(readEvents(training).filter(({ tag }) => tag === 'aggregate/bag')).toEqual([
      { time: 1_700_000_000.001, step: 1, tag: 'aggregate/bag', value: 0.75 },
      { time: 1_700_000_000.003, step: 2, tag: 'aggregate/bag', value: 0.625 },
    ]);
    expect(readEvents(join(run, 'tensorboard/validation')).map(({ tag, value }) => [tag, value])).toEqual([
      ['aggregate/total', 0.5],
      ['aggregate/bag', 0.5],
    ]);
    tensorboardWriter(run)(loss(5000, 2, 1, 'train', 0.25));
    expect(readEvents(training).filter(({ tag }) => tag === 'aggregate/bag').map(({ step }) => step)).toEqual([1, 2, 3]);
  });
});
