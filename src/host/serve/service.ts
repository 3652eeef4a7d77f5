import type { Answers } from '../../shared/rpc/channel.js';
import type { WindowService } from '../../shared/rpc/service.js';
import { experimentAnswers } from './experiments.js';
import { runAnswers } from './runs.js';
import { slideAnswers } from './slides.js';

/** All that one window may ask. */
export function windowService(): Answers<WindowService> {
  return { ...experimentAnswers(), ...runAnswers(), ...slideAnswers() };
}
