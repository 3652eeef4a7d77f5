import { findOpenSlide, openslideRemedy } from '../../slides/openslide/library.js';
import type { OpenSlideReport } from './report.js';

/** Whether OpenSlide is on this machine, and how to get it where not. */
export async function describeOpenSlide(): Promise<OpenSlideReport> {
  const { library, problem } = await findOpenSlide();
  return library ? { version: library.version, file: library.file } : { problem, remedy: openslideRemedy };
}
