import sharp from 'sharp';
import type { Answers } from '../../shared/rpc/channel.js';
import type { SlideService } from '../../shared/rpc/slides.js';
import type { SlidePool } from './slide-pool.js';

const jpegQuality = 85;

export function slideAnswers(pool: SlidePool): Answers<SlideService> {
  return {
    readRegion: (path, region, edge) =>
      pool.use(path, async (slide) => {
        const scale = edge / Math.max(region.width, region.height);
        const width = Math.max(1, Math.round(region.width * scale));
        const height = Math.max(1, Math.round(region.height * scale));
        const pixels = await slide.read(region, { width, height });
        return sharp(pixels, { raw: { width, height, channels: 3 } }).jpeg({ quality: jpegQuality }).toBuffer();
      }),
  };
}
