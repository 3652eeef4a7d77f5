import { foldersHolding } from '../run/find-folders.js';
import { studiesFolder, studyFiles } from './layout.js';
import { studyStateAt, type StudyState } from './read.js';

/** Every study below `folder`, newest first: in any `.mil/studies`, and in folders given as `--out`. @param now milliseconds since 1970. */
export async function listStudies(folder: string, now: number): Promise<StudyState[]> {
  const folders = await foldersHolding(studyFiles.study, studiesFolder, folder);
  return folders.flatMap((study) => studyStateAt(study, now) ?? []).sort((a, b) => b.study.created - a.study.created);
}
