import type { Engine, HostTensor } from '../../engine/contract.js';
import { trainingStep, type TrainingStepSpec } from '../../engine/training-step.js';
import { HardmineError } from '../../shared/errors.js';
import type { Random } from '../../shared/random.js';
import type { EncoderState, LearningStage } from '../contract.js';

/** Takes the state after each whole epoch, with the count of epochs done. */
export type Keep = (state: EncoderState, epochsDone: number) => void;

/** Epochs of one contrastive stage. */
export interface Epochs {
  readonly program: Omit<TrainingStepSpec, 'parameters' | 'optimizer'>;
  readonly epochs: number;
  /** Epochs done before, when resuming. */
  readonly done: number;
  /** Steps an epoch. */
  readonly steps: number;
  /** Learning rate of a step, counted from 0 over all epochs. */
  rate(step: number): number;
  /** The inputs of the steps of one epoch, drawn from its own stream. */
  inputs(random: Random): Iterable<Readonly<Record<string, HostTensor>>>;
}

/**
 * Trains with Adam from `state` and hands every epoch's new state to `keep` before the epoch is
 * reported. Moments go on when `state` has some. An epoch is a function of the state before it
 * and of the stream `epoch/N`, so stopping between epochs changes nothing.
 * @throws HardmineError `loss-not-finite`; what was kept last is the state of the last whole epoch.
 */
export async function trainEpochs(engine: Engine, state: EncoderState, { program, epochs, done, steps, rate, inputs }: Epochs, { random, hooks }: LearningStage, keep: Keep): Promise<void> {
  const trainer = trainingStep(engine, { ...program, parameters: state.weights, optimizer: { kind: 'adam' } });
  try {
    if (Object.keys(state.optimizer).length > 0) trainer.restore(state.weights, state.optimizer);
    for (let epoch = done; epoch < epochs; epoch++) {
      let step = epoch * steps;
      let sum = 0;
      for (const values of inputs(random.fork(`epoch/${epoch + 1}`))) {
        await hooks?.checkpoint?.();
        const { total } = await trainer.run(values, rate(step));
        if (!Number.isFinite(total)) throw notFinite(program.name, epoch + 1, (step % steps) + 1);
        sum += total;
        step += 1;
        hooks?.onStep?.(step, epochs * steps);
      }
      keep({ weights: trainer.store.read(), optimizer: trainer.optimizerState() }, epoch + 1);
      await hooks?.onEpoch?.({ epoch: epoch + 1, epochs, loss: sum / steps, lr: rate(step - 1) });
    }
  } finally {
    trainer.dispose();
  }
}

function notFinite(program: string, epoch: number, step: number): HardmineError {
  return new HardmineError('loss-not-finite', `The loss of ${program} is no longer a finite number (epoch ${epoch}, step ${step}); the encoder keeps the weights of the epoch before.`, {
    remedy: 'Lower the learning rate or raise the temperature.',
  });
}
