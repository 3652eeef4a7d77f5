import sharp from 'sharp';
import type { Answers } from '../../shared/rpc/channel.js';
import type { SlideService } from '../../shared/rpc/slides.js';
import { openSlide } from '../../slides/open.js';

const jpegQuality = 85;

export function slideAnswers(): Answers<SlideService> {
  return {
    async readRegion(path, region, edge) {
      const slide = await openSlide(path);
      try {
        const scale = edge / Math.max(region.width, region.height);
        const width = Math.max(1, Math.round(region.width * scale));
        const height = Math.max(1, Math.round(region.height * scale));
        const pixels = await slide.read(region, { width, height });
        return await sharp(pixels, { raw: { width, height, channels: 3 } }).jpeg({ quality: jpegQuality }).toBuffer();
      } finally {
        await slide.close();
      }
    },
  };
}
