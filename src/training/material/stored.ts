import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import path from 'node:path';
import { openFeatures } from '../../cohort/features/index.js';
import { HardmineError } from '../../shared/errors.js';
import type { FeaturesOptions } from '../../shared/experiment/index.js';
import type { RunContext } from '../context.js';
import type { Material } from './contract.js';

/** Features that others computed: one `<slide_id>.h5` a slide. */
export function storedMaterial({ folder, patchSize }: FeaturesOptions, { experimentFolder }: RunContext): Material {
  const fileOf = (slide: string) => path.resolve(experimentFolder, folder, `${slide}.h5`);
  let featureSize: number | undefined;
  return {
    get featureSize() {
      return featureSize;
    },
    async prepare({ id }) {
      const file = fileOf(id);
      const reader = await openFeatures(file, { patchSize });
      try {
        if (reader.count === 0) throw new HardmineError('slide-no-tissue', 'This feature store holds no patch.', { place: { file, slide: id }, remedy: 'Extract its features again, or leave the slide out of the cohort.' });
        featureSize ??= reader.featureSize;
        if (reader.featureSize !== featureSize) {
          throw new HardmineError('features-invalid', `This store holds ${reader.featureSize} features a patch, those before it ${featureSize}.`, { place: { file, slide: id }, remedy: 'All stores of a cohort must come from the same encoder.' });
        }
        // A store may be gigabytes: its size and time stand for its content.
        const { size, mtimeMs } = statSync(file);
        const hash = createHash('sha256').update(`${id}\n${size}\n${mtimeMs}`).digest('hex').slice(0, 20);
        return { hash, count: reader.count, coords: reader.coords };
      } finally {
        reader.close();
      }
    },
    features: ({ id }) => openFeatures(fileOf(id), { patchSize }),
  };
}
