import { setFlagsFromString } from 'node:v8';

/**
 * Lets the heap grow fourfold before it is searched for garbage. Decoded tiles are short-lived but large, and
 * V8, which sees a small heap beside them, would search it several times a slide: a fifth of the time
 * that reading takes. V8 itself goes so far where it is in a hurry. Call it first thing in a process.
 */
export function collectSeldom(): void {
  setFlagsFromString('--heap-growing-percent=300');
}
