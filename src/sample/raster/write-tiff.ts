import sharp from 'sharp';
import { um } from './stain-map.js';

const millimetre = 1000 * um;

/**
 * Writes a pyramidal TIFF of 256-px JPEG tiles whose resolution tags say 0.5 µm/px. The same pixels give the same bytes.
 * @param pixels RGB interleaved, 3·size² bytes.
 */
export async function writePyramid(file: string, pixels: Uint8Array, size: number): Promise<void> {
  await sharp(pixels, { raw: { width: size, height: size, channels: 3 }, limitInputPixels: false })
    // Optics are never sharper than this.
    .blur(0.55)
    .tiff({ compression: 'jpeg', quality: 88, tile: true, tileWidth: 256, tileHeight: 256, pyramid: true, resolutionUnit: 'cm', xres: millimetre, yres: millimetre })
    .toFile(file);
}
