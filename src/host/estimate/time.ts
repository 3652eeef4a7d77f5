import type { Experiment } from '../../shared/experiment/index.js';
import type { Stage } from '../../shared/run/events.js';
import { probeInProcess } from '../doctor/probe-process.js';
import { pastRuns, type PastRun } from './past-runs.js';
import { resnetCost } from './resnet-cost.js';
import { workOf, type FrozenCost, type Sizes } from './work.js';

/** Any speed will do where past runs give the scale, GFLOP/s. */
const nominal = 100;

type Stages = Partial<Record<Stage, number>>;

/** How long each stage would take, ms, nothing cached; and how that is known. */
export async function timeOf(experiment: Experiment, sizes: Sizes, featureSize: number, frozen: FrozenCost | undefined, folder: string): Promise<{ readonly stages: Record<string, number>; readonly how: string }> {
  const runs = (await pastRuns(folder)).filter((run) => run.experiment.encoder.kind === experiment.encoder.kind);
  if (runs.length === 0) {
    const { gigaflops } = await probeInProcess({ kind: experiment.engine.kind, device: 'any' });
    const stages = workOf(experiment, sizes, gigaflops ?? nominal, featureSize, frozen);
    const how = gigaflops === undefined ? 'by counting operations; the engine could not be probed, so this is a guess' : `by counting operations, at the ${gigaflops.toFixed(0)} GFLOP/s a two-second probe of the engine reached; no run has been finished here yet, so it may be off by two or three times. Early stopping makes it less`;
    return { stages: taken(stages), how };
  }
  const stages = workOf(experiment, sizes, nominal, featureSize, frozen);
  const scaled = Object.entries(stages).map(([stage, ms]) => [stage, ms * scaleOf(stage as Stage, runs, featureSize, frozen)]);
  const how = `by counting operations, at the pace of ${runs.length === 1 ? 'the last finished run' : `the last ${runs.length} finished runs`} of this machine below this folder`;
  return { stages: taken(Object.fromEntries(scaled) as Stages), how };
}

/** How much longer a stage took than its work says. Of several runs the slowest counts: what a run found in the cache took it no time. */
function scaleOf(stage: Stage, runs: readonly PastRun[], featureSize: number, frozen: FrozenCost | undefined): number {
  const ratios = runs.flatMap(({ experiment, sizes, milliseconds }) => {
    const size = experiment.encoder.kind === 'resnet' ? resnetCost(experiment.encoder, experiment.tiling.size).featureSize : featureSize;
    const work = workOf(experiment, sizes, nominal, size, frozen)[stage] ?? 0;
    const took = milliseconds[stage] ?? 0;
    return work > 0 && took > 0 ? [took / work] : [];
  });
  return ratios.length === 0 ? 1 : Math.max(...ratios);
}

function taken(stages: Stages): Record<string, number> {
  return Object.fromEntries(Object.entries(stages).filter(([, ms]) => ms > 0));
}
