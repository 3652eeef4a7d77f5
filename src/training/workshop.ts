import type { Encoder } from '../encoders/contract.js';
import type { Engine } from '../engine/contract.js';
import type { ClassTrainer } from '../mil/class-trainer.js';
import type { TrainerState } from '../mil/trainer.js';
import type { Random } from '../shared/random.js';
import type { Bag } from './bag.js';
import type { RunContext } from './context.js';
import type { Embedder } from './embed.js';
import type { Material } from './material/contract.js';
import type { Stages } from './stages.js';

/** All that the rounds work with, made once a run. */
export interface Workshop {
  readonly context: RunContext;
  readonly stages: Stages;
  readonly engine: Engine;
  readonly bags: readonly Bag[];
  readonly material: Material;
  readonly encoder: Encoder;
  readonly embedder: Embedder;
  readonly trainer: ClassTrainer;
  /** What each round trains the aggregator from, one after the other; the same in all rounds, so that rounds differ by their features alone. */
  readonly starts: readonly TrainerState[];
  /** Split by name for every use. */
  readonly random: Random;
}
