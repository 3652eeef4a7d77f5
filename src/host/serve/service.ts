import type { Answers } from '../../shared/rpc/channel.js';
import type { WindowService } from '../../shared/rpc/service.js';
import { bankAnswers } from './banks.js';
import { experimentAnswers } from './experiments.js';
import { explainAnswers } from './explain.js';
import { rankingAnswers } from './rankings/index.js';
import { runAnswers } from './runs.js';
import { SlidePool } from './slide-pool.js';
import { slideAnswers } from './slides.js';

/** All that one window may ask. */
export function windowService(): Answers<WindowService> {
  const pool = new SlidePool();
  return { ...experimentAnswers(), ...runAnswers(), ...slideAnswers(pool), ...bankAnswers(pool), ...rankingAnswers(), ...explainAnswers() };
}
