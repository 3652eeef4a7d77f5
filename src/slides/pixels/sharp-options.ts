import sharp from 'sharp';

// Operations cached by file name would outlive a file that changes on disk, and their pixels cost memory.
sharp.cache(false);
// Calls run beside each other, as many as there are cores: threads within each only get in their way.
sharp.concurrency(1);

/** Options every image is opened with; pixel values are taken as stored, as other readers do, so colour profiles are ignored. */
export const sharpOptions = { limitInputPixels: false, unlimited: true, failOn: 'error', ignoreIcc: true } as const;

/** Of TIFF, libvips takes tiles it cannot decode for warnings, and leaves them black. */
export const tiffOptions = { ...sharpOptions, failOn: 'warning' } as const;
