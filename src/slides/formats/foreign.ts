import { HardmineError } from '../../shared/errors.js';
import { tag } from '../tiff/tags.js';
import type { TiffImage } from './structure.js';

/** Scanners whose TIFF files lay out a slide in a way of their own; read as plain TIFF they would show something else. `promised` where a test reads them. */
const scanners: readonly { readonly name: string; readonly promised: boolean; readonly wrote: (image: TiffImage) => boolean }[] = [
  { name: 'Leica SCN', promised: true, wrote: ({ description }) => description.includes('http://www.leica-microsystems.com/scn') },
  { name: 'Ventana BIF', promised: true, wrote: ({ directory, description }) => directory.has(tag.xmp) && /^(Label|level=|Probability|Thumbnail)/.test(description) },
  { name: 'Philips TIFF', promised: false, wrote: ({ description }) => description.includes('DPUfsImport') },
];

/** @throws HardmineError `slide-format` where the file is of a scanner whose layout we do not know. */
export function refuseForeign(path: string, images: readonly TiffImage[]): void {
  const scanner = scanners.find(({ wrote }) => images.some(wrote));
  if (!scanner) return;
  throw new HardmineError('slide-format', `This is a ${scanner.name} slide, which ${scanner.promised ? 'is read' : 'may be readable'} through OpenSlide alone.`, {
    place: { file: path },
    remedy: 'Install OpenSlide (Debian: `apt install libopenslide0`; macOS: `brew install openslide`), or set MIL_OPENSLIDE_PATH to its library.',
  });
}
