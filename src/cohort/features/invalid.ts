import { HardmineError } from '../../shared/errors.js';

/** That a feature store is not what it should be. */
export function featuresInvalid(file: string, what: string, remedy = 'Expected is HDF5 in the layout of CLAM, TRIDENT or STAMP (a dataset `features` or `feats` of N × D numbers, and `coords` of N × 2), or one bare tensor of N × D saved by PyTorch.'): HardmineError {
  return new HardmineError('features-invalid', what, { place: { file }, remedy });
}
