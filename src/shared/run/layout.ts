/** Names inside a run folder; every reader and writer takes them from here. */
export const runFiles = {
  experiment: 'experiment.json',
  status: 'status.json',
  control: 'control.json',
  lineage: 'lineage.json',
  events: 'events.jsonl',
  lock: 'run.lock',
  /** What a detached host printed: progress, warnings, and why it ended. */
  log: 'host.log',
  result: 'result.json',
  /** Scores of the test slides by the selected round; same columns as `rounds/NN/scores.parquet`. */
  testScores: 'test-scores.parquet',
  /** What the selected round predicts of the test slides. */
  testPredictions: 'test-predictions.json',
  /** The same of the patients held out of a cross-validation; absent where nobody was. */
  heldOutPredictions: 'held-out-predictions.json',
  /** The test slides after each epoch, with `evaluation.oracle`; nothing in the run reads it. */
  oracle: 'oracle.jsonl',
  reportMarkdown: 'report.md',
  reportHtml: 'report.html',
  /** Folder of event files for TensorBoard. */
  tensorboard: 'tensorboard',
} as const;

/** Names inside `rounds/NN`. */
export const roundFiles = {
  aggregator: 'aggregator.safetensors',
  encoder: 'encoder.safetensors',
  optimizer: 'optimizer.safetensors',
  scores: 'scores.parquet',
  predictions: 'predictions.json',
  bank: 'bank.parquet',
  /** The judgements this round mined under, one line a square; absent where there were none. */
  judgements: 'judgements.jsonl',
  metrics: 'metrics.json',
} as const;

/** `rounds/03` of round 3. */
export function roundFolder(round: number): string {
  return `rounds/${String(round).padStart(2, '0')}`;
}

/** `20261122-091503-name`, from local time. */
export function runFolderName(name: string, now: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const stamp = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  return `${stamp}-${name.replace(/\s+/g, '-').toLowerCase()}`;
}

/** Where runs and caches live, beside the experiment file. */
export const runsFolder = '.mil/runs';
export const cacheFolder = '.mil/cache';
