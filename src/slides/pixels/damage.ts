import { HardmineError } from '../../shared/errors.js';

/** The error of pixels that cannot be decoded. @param reason short, for people. */
export function undecodable(path: string, reason: string, cause?: unknown): HardmineError {
  return new HardmineError('slide-unreadable', `Pixels of this slide cannot be decoded (${reason}).`, {
    place: { file: path },
    remedy: 'Copy the file again or restore it: it is damaged or cut short.',
    cause,
  });
}
