import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The reference numbers, which lie beside the repository; without them the tests that need them are skipped. */
export const reference = fileURLToPath(new URL('../../../shared/golden/reference.json', import.meta.url));
export const hasReference = existsSync(reference);
