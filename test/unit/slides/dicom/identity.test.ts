import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { identify } from '../../../../src/slides/dicom/identity.js';
import { RandomAccessFile } from '../../../../src/slides/tiff/file.js';
import { writeDicom, type DicomFixture } from '../../../fixtures/dicom.js';
import { scratchFolder } from '../fixtures.js';

const folder = scratchFolder();
const fixture: DicomFixture = { width: 32, height: 32, tile: 32, frames: [Buffer.alloc(32 * 32 * 3, 9)] };

describe('what a DICOM file is', () => {
  it('is read from its first bytes once, and again when the file has changed', async () => {
    const read = vi.spyOn(RandomAccessFile.prototype, 'read');
    const path = writeDicom(folder, 'slide.dcm', { ...fixture, series: '1.2.3' });
    const first = await identify(path);
    expect(first).toEqual({ path, series: '1.2.3', wholeSlide: true });
    expect(Math.max(...read.mock.calls.map(([offset, length]) => offset + length))).toBeLessThanOrEqual(4096);
    read.mockClear();
    expect(await identify(path)).toEqual(first);
    expect(read).not.toHaveBeenCalled();
    writeDicom(folder, 'slide.dcm', { ...fixture, series: '1.2.4' });
    utimesSync(path, new Date(), new Date(Date.now() + 5000));
    expect(await identify(path)).toEqual({ path, series: '1.2.4', wholeSlide: true });
    read.mockRestore();
  });

  it('is told of other files, of damaged ones and of none, and a file that is mended is believed', async () => {
    const text = join(folder, 'notes.txt');
    writeFileSync(text, 'no DICOM');
    expect(await identify(text)).toBeUndefined();
    expect(await identify(join(folder, 'gone.dcm'))).toBeUndefined();
    const cut = join(folder, 'cut.dcm');
    const head = Buffer.alloc(140);
    head.write('DICM', 128);
    writeFileSync(cut, head);
    expect(await identify(cut)).toMatchObject({ path: cut, problem: expect.any(String) });
    writeDicom(folder, 'cut.dcm', fixture);
    expect(await identify(cut)).toMatchObject({ series: '1.2.3', wholeSlide: true });
  });
});
