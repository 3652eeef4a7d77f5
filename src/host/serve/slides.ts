import { HardmineError } from '../../shared/errors.js';
import type { Answers } from '../../shared/rpc/channel.js';
import type { SlideService } from '../../shared/rpc/slides.js';
import { readAssociated } from '../../slides/associated.js';
import { outlineMask } from '../../slides/tissue/outline.js';
import { openRun, scoresOf, slideOf, testScoresOf } from './run-material.js';
import type { SlidePool } from './slide-pool.js';
import { cohortFacts } from './slides/cohort.js';
import { describeSlide } from './slides/describe.js';
import { judgedPlaces } from './slides/judged.js';
import { encodeJpeg } from './slides/jpeg.js';
import { patchesOfSlide } from './slides/patches.js';
import { qualityOf } from './slides/quality.js';
import { thumbnailFile } from './slides/thumbnails.js';
import { readTile } from './slides/tiles.js';
import { tissueOfSlide } from './slides/tissue.js';
import { truthOfSlide } from './slides/truth.js';

export function slideAnswers(pool: SlidePool): Answers<SlideService> {
  return {
    readRegion: (path, region, edge) =>
      pool.use(path, async (slide) => {
        const scale = edge / Math.max(region.width, region.height);
        const size = { width: Math.max(1, Math.round(region.width * scale)), height: Math.max(1, Math.round(region.height * scale)) };
        return encodeJpeg(await slide.read(region, size), size);
      }),
    describeSlide: (target) => describeSlide(target, pool),
    qualityOf: (target, folder) => qualityOf(target, folder, pool),
    readTile: (path, level, column, row) => pool.use(path, (slide) => readTile(slide, level, column, row)),
    thumbnailFile: (path, folder) => thumbnailFile(path, folder, (work) => pool.use(path, work)),
    cohortOf: async (run) => cohortFacts(await openRun(run)),
    async patchesOf(run, round, slide) {
      const row = (await openRun(run)).slides.get(slide);
      return patchesOfSlide(await (row?.split === 'test' ? testScoresOf(run) : scoresOf(run, round)), slide);
    },
    async tissueOf(run, id) {
      const material = await openRun(run);
      const row = slideOf(material, id);
      return pool.use(row.path, async (slide) => outlineMask(await tissueOfSlide(material, row, slide)));
    },
    truthOf: async (run, slide) => truthOfSlide(await openRun(run), slide),
    judgedOf: async (run, slide) => judgedPlaces(await openRun(run), slide),
    async readAssociated(path, name) {
      const image = await readAssociated(path, name);
      if (!image) throw new HardmineError('slide-missing', `This slide carries no image "${name}".`, { place: { file: path } });
      return encodeJpeg(image.pixels, image);
    },
  };
}
