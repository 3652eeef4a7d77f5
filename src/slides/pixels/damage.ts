import { HardmineError } from '../../shared/errors.js';

/** The error of pixels that cannot be decoded. @param reason short, for people; decoders repeat themselves line by line, the first is taken. */
export function undecodable(path: string, reason: string, cause?: unknown): HardmineError {
  return new HardmineError('slide-unreadable', `Pixels of this slide cannot be decoded (${reason.trim().split('\n', 1)[0]}).`, {
    place: { file: path },
    remedy: 'Copy the file again or restore it: it is damaged or cut short.',
    cause,
  });
}
