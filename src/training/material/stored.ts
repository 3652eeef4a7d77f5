import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import path from 'node:path';
import { openStore, storeFile } from '../../cohort/features/index.js';
import { HardmineError } from '../../shared/errors.js';
import type { FeaturesOptions } from '../../shared/experiment/index.js';
import type { RunContext } from '../context.js';
import type { Material } from './contract.js';

/** Features that others computed: one store a slide. */
export function storedMaterial(options: FeaturesOptions, { experimentFolder, emit }: RunContext): Material {
  const folder = path.resolve(experimentFolder, options.folder);
  let featureSize: number | undefined;
  const told = new Set<string>();
  return {
    get featureSize() {
      return featureSize;
    },
    async prepare(slide) {
      const { id } = slide;
      const file = storeFile(folder, id);
      const reader = await openStore(options, experimentFolder, slide);
      try {
        if (reader.count === 0) throw new HardmineError('slide-no-tissue', 'This feature store holds no patch.', { place: { file, slide: id }, remedy: 'Extract its features again, or leave the slide out of the cohort.' });
        featureSize ??= reader.featureSize;
        if (reader.featureSize !== featureSize) {
          throw new HardmineError('features-invalid', `This store holds ${reader.featureSize} features a patch, those before it ${featureSize}.`, { place: { file, slide: id }, remedy: 'All stores of a cohort must come from the same encoder.' });
        }
        // Stores of one cohort are mostly alike: what is to be said of one is said once.
        if (reader.note !== undefined && !told.has(reader.note)) {
          told.add(reader.note);
          emit({ type: 'warning', code: 'store-coords', slide: id, message: `${reader.note}${reader.coords ? '' : ' Its patches are scored and ranked, but nothing can be drawn on the slide, nor compared with instance truth.'} Other slides may be the same.` });
        }
        // A store may be gigabytes: its size and time stand for its content.
        const { size, mtimeMs } = statSync(file);
        const hash = createHash('sha256').update(`${id}\n${size}\n${mtimeMs}`).digest('hex').slice(0, 20);
        return { hash, count: reader.count, coords: reader.coords };
      } finally {
        reader.close();
      }
    },
    features: (bag) => openStore(options, experimentFolder, bag),
  };
}
