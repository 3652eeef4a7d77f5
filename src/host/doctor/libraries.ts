import { findOpenSlide, openslideRemedy } from '../../slides/openslide/library.js';
import { findOpenJpeg, openjpegRemedy } from '../../slides/pixels/codecs/jpeg2000/library.js';
import type { LibraryReport } from './report.js';

/** Whether OpenSlide is on this machine, and how to get it where not. */
export async function describeOpenSlide(): Promise<LibraryReport> {
  const { library, problem } = await findOpenSlide();
  return library ? { version: library.version, file: library.file } : { problem, remedy: openslideRemedy };
}

/** Whether OpenJPEG is on this machine, and how to get it where not. */
export async function describeOpenJpeg(): Promise<LibraryReport> {
  const { library, problem } = await findOpenJpeg();
  return library ? { version: library.version, file: library.file } : { problem, remedy: openjpegRemedy };
}
