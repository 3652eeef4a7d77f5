import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openJournal } from '../../../../src/host/run/journal.js';
import { readJournal } from '../../../../src/shared/run/read.js';
import type { RunEventBody } from '../../../../src/shared/run/events.js';
import { temporaryFolder } from './fixtures.js';

const started: RunEventBody = { type: 'stage-started', stage: 'embed', round: 1 };
const finished: RunEventBody = { type: 'stage-finished', stage: 'embed', round: 1, milliseconds: 5 };

describe('the journal', () => {
  it('numbers its events without gaps, over reopening', () => {
    const file = join(temporaryFolder(), 'events.jsonl');
    let time = 100;
    const first = openJournal(file, () => time++);
    first.append(started);
    first.append(finished);
    first.close();
    const second = openJournal(file, () => time++);
    expect(second.append(started)).toEqual({ seq: 3, time: 102, ...started });
    second.close();
    expect(readJournal(file).events.map(({ seq, time }) => [seq, time])).toEqual([[1, 100], [2, 101], [3, 102]]);
  });

  it.each([
    ['half a line', '{"seq":3,"time":1,"type":"stage-st'],
    ['a half line that is sound JSON but lacks its end', '{"seq":3,"time":1}'],
    ['zeros that a crash left', '\0\0\0\0'],
    ['a damaged line and what came after', '{"seq":3,"ti\n{"seq":4,"time":1,"type":"memory","rss":1}\n'],
    ['a line out of sequence', '{"seq":9,"time":1,"type":"memory","rss":1}\n'],
  ])('cuts off %s and goes on', (_, torn) => {
    const file = join(temporaryFolder(), 'events.jsonl');
    const journal = openJournal(file, () => 1);
    journal.append(started);
    journal.append(finished);
    journal.close();
    const sound = readFileSync(file, 'utf8');
    appendFileSync(file, torn);
    const again = openJournal(file, () => 2);
    expect(again.append(started).seq).toBe(3);
    again.close();
    expect(readFileSync(file, 'utf8')).toBe(`${sound}{"seq":3,"time":2,"type":"stage-started","stage":"embed","round":1}\n`);
  });

  it('keeps a sound line of a kind it does not know, and shows nobody what it cannot check', () => {
    const file = join(temporaryFolder(), 'events.jsonl');
    const journal = openJournal(file, () => 1);
    journal.append(started);
    journal.close();
    const foreign = '{"seq":2,"time":1,"type":"of-a-later-version"}\n{"seq":3,"time":1,"type":"memory","rss":"much"}\n';
    appendFileSync(file, foreign);
    const again = openJournal(file, () => 2);
    expect(again.append(finished).seq).toBe(4);
    again.close();
    expect(readFileSync(file, 'utf8')).toContain(foreign);
    expect(readJournal(file).events.map(({ seq }) => seq)).toEqual([1, 4]);
  });

  it('keeps text beyond ASCII whole', () => {
    const file = join(temporaryFolder(), 'events.jsonl');
    const warning: RunEventBody = { type: 'warning', code: 'x', message: 'Größe 512 µm — fold', slide: '患者' };
    const journal = openJournal(file, () => 1);
    journal.append(warning);
    journal.append(started);
    journal.close();
    expect(readJournal(file).events[0]).toMatchObject(warning);
    expect(readJournal(file).events).toHaveLength(2);
  });

  it('says where it cannot be written', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(() => openJournal(join(folder, 'file', 'events.jsonl'), () => 1)).toThrow(expect.objectContaining({ code: 'file-missing' }));
  });
});
