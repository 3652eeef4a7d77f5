import path from 'node:path';

/** Public data that lies beside the checkout and is never part of it. */
export const sharedData = path.resolve(__dirname, '../../../../shared/data');
