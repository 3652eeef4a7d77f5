import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diagnostic } from '../shared/diagnostics.js';
import { HardmineError } from '../shared/errors.js';
import { nearest } from '../shared/experiment/nearest.js';
import type { TilingOptions } from '../shared/experiment/index.js';
import type { Annotations } from '../slides/tissue/annotations.js';
import type { CohortSlide } from './contract.js';
import { diagnosticOf } from './table/findings.js';
import { readClasses, readPolygons } from './truth/geojson.js';

type AnnotationOptions = NonNullable<TilingOptions['tissue']['annotations']>;

const code = 'annotations-invalid';

/** The file of a slide's annotations; undefined where it has none. */
export function annotationFile({ folder }: AnnotationOptions, baseFolder: string, slide: string): string | undefined {
  const file = resolve(baseFolder, folder, `${slide}.geojson`);
  return existsSync(file) ? file : undefined;
}

/**
 * Where a slide's annotations let tissue be. A slide without a file has nothing to exclude.
 * @throws HardmineError `annotations-invalid` where the file is none, or missing while classes are to be included; `file-denied`.
 */
export function annotationsOf(options: AnnotationOptions, baseFolder: string, slide: string): Annotations {
  const file = annotationFile(options, baseFolder, slide);
  const { include, exclude } = options;
  if (file === undefined) {
    if (include.length === 0) return { exclude: [] };
    throw new HardmineError(code, `This slide has no file of annotations, but only inside of ${listed(include)} is there to be tissue.`, {
      place: { file: resolve(baseFolder, options.folder, `${slide}.geojson`), slide },
      remedy: 'Annotate it and export the annotations under this name, or leave the slide out of the cohort.',
    });
  }
  return { ...(include.length > 0 ? { include: readPolygons(file, include, code) } : {}), exclude: readPolygons(file, exclude, code) };
}

/** What the annotations of a cohort have against it: no folder, missing or damaged files, classes that no file has. */
export function checkAnnotations(slides: readonly CohortSlide[], options: AnnotationOptions, baseFolder: string): Diagnostic[] {
  const folder = resolve(baseFolder, options.folder);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    return [{ severity: 'error', code, message: 'The folder of annotations does not exist.', remedy: 'Check `tiling.tissue.annotations.folder`; it is relative to the experiment file.', place: { file: folder } }];
  }
  const found: Diagnostic[] = [];
  const seen = new Set<string>();
  let files = 0;
  for (const { id } of slides) {
    try {
      annotationsOf(options, baseFolder, id);
      const file = annotationFile(options, baseFolder, id);
      if (file === undefined) continue;
      files++;
      for (const name of readClasses(file, code)) seen.add(name);
    } catch (error) {
      found.push(diagnosticOf(error));
    }
  }
  if (files === 0 && found.length === 0 && slides.length > 0) found.push({ severity: 'warning', code, message: 'No slide of the cohort has annotations here.', remedy: 'Check that the files are named <slide_id>.geojson.', place: { file: folder } });
  return [...found, ...(files === 0 ? [] : unknownClasses([...options.include, ...options.exclude], [...seen], folder))];
}

function unknownClasses(wanted: readonly string[], seen: readonly string[], folder: string): Diagnostic[] {
  return wanted
    .filter((name) => !seen.includes(name))
    .map((name) => {
      const like = nearest(name, seen);
      const hint = like === undefined ? (seen.length === 0 ? 'The annotations have no classes.' : `They have ${listed(seen)}.`) : `Did you mean "${like}"?`;
      return { severity: 'warning', code, message: `No annotation of the cohort is of class "${name}". ${hint}`, remedy: 'Check `tiling.tissue.annotations`; upper and lower case count.', place: { file: folder } };
    });
}

function listed(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
