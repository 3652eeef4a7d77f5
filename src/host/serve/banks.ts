import type { Answers } from '../../shared/rpc/channel.js';
import type { BankService } from '../../shared/rpc/banks.js';
import { bankOverview, readBankPatches } from './banks/bank.js';
import { cutPictures, cutSurroundings } from './banks/pictures.js';
import { trySelection } from './banks/try-selection.js';
import type { SlidePool } from './slide-pool.js';

export function bankAnswers(pool: SlidePool): Answers<BankService> {
  return {
    bankOverview,
    readBank: readBankPatches,
    trySelection,
    patchPictures: (...asked) => cutPictures(pool, ...asked),
    patchSurroundings: (...asked) => cutSurroundings(pool, ...asked),
  };
}
