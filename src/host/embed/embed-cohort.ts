import { basename } from 'node:path';
import type { CohortSlide } from '../../cohort/contract.js';
import { createCutter } from '../../cohort/cutting.js';
import type { FeatureWriter } from '../../cohort/features/index.js';
import type { PixelEncoder } from '../../encoders/contract.js';
import { HardmineError, messageOf } from '../../shared/errors.js';
import type { Experiment } from '../../shared/experiment/index.js';
import { encoderHistory, weightsOf } from '../lint/encoder-history.js';
import { cohortPatches, type CohortPatches, type OpenedSlide } from './cohort-patches.js';
import { readAhead } from './read-ahead.js';
import { coordsOf, StoreFolder } from './store-folder.js';

/** Batches read ahead of the encoder: patches of the next slide are decoded while this one is embedded. */
const ahead = 4;

/** What a person sees of it while it goes on. */
export interface EmbedView {
  /** A slide begins. @param patches how many it has. */
  slide(id: string, patches: number): void;
  /** More patches were embedded. */
  patches(count: number): void;
  /** A slide is there: embedded now, or known from before. */
  done(id: string, how: 'embedded' | 'known'): void;
  failed(id: string, error: HardmineError): void;
}

export interface EmbedTask {
  readonly experiment: Experiment;
  /** Absolute; relative paths of the experiment start here. */
  readonly experimentFolder: string;
  readonly slides: readonly CohortSlide[];
  readonly encoder: PixelEncoder;
  /** Folder the stores are written to. */
  readonly out: string;
  readonly overwrite: boolean;
  readonly view: EmbedView;
  /** Looked at between batches. */
  isStopped(): boolean;
}

export interface EmbedOutcome {
  readonly stopped: boolean;
  readonly embedded: readonly string[];
  /** Whose features were there already. */
  readonly known: readonly string[];
  readonly failed: readonly { readonly slide: string; readonly code: string; readonly message: string }[];
  /** Patches embedded now. */
  readonly patches: number;
}

/**
 * Extracts the features of a cohort, a store a slide in CLAM's layout. A store appears when it is complete, and is not made
 * again; a slide that fails is named and the others go on.
 * @throws HardmineError where nothing could go on: `disk-full`, `file-denied` of the folder.
 */
export async function embedCohort({ experiment, experimentFolder, slides, encoder, out, overwrite, view, isStopped }: EmbedTask): Promise<EmbedOutcome> {
  const { tiling } = experiment;
  const weights = weightsOf(experiment, experimentFolder);
  const history = weights === undefined ? undefined : await encoderHistory(weights, experimentFolder);
  const folder = new StoreFolder(out, {
    madeOf: [tiling, encoder.fingerprint()],
    encoder: nameOf(experiment),
    ...(history && { encoderMark: async ({ row }) => ({ runs: [...history.runs], seenAs: history.seenAs(row) ?? (await history.seenByContent(row)) ?? 'nothing' }) }),
    featureSize: encoder.featureSize,
    overlap: tiling.overlap,
    overwrite,
  });
  const [embedded, known]: [string[], string[]] = [[], []];
  const failed: { slide: string; code: string; message: string }[] = [];
  const fail = (id: string, error: unknown): void => {
    if (!(error instanceof HardmineError) || error.code === 'disk-full') throw error;
    failed.push({ slide: id, code: error.code, message: messageOf(error) });
    view.failed(id, error);
  };
  let patches = 0;
  let current: { readonly slide: OpenedSlide; readonly writer: FeatureWriter } | undefined;
  const take = async (item: CohortPatches): Promise<void> => {
    if (item.type === 'known') {
      known.push(item.row.id);
      view.done(item.row.id, 'known');
    } else if (item.type === 'failed') {
      current?.writer.abandon();
      current = undefined;
      fail(item.row.id, item.error);
    } else if (item.type === 'slide') {
      view.slide(item.slide.row.id, item.slide.grid.x.length);
      current = { slide: item.slide, writer: await folder.begin(item.slide) };
    } else if (item.type === 'batch') {
      const { start, count, pixels } = item;
      const features = await encoder.embed({ pixels, count, size: tiling.size });
      current!.writer.append(features, coordsOf(current!.slide, start, start + count));
      patches += count;
      view.patches(count);
    } else {
      const { slide, writer } = current!;
      await folder.finish(slide, writer);
      current = undefined;
      embedded.push(slide.row.id);
      view.done(slide.row.id, 'embedded');
    }
  };
  try {
    const stream = cohortPatches(slides, { cutter: createCutter(tiling, experimentFolder), batch: encoder.batch, isKnown: (row, hash) => folder.holds(row.id, hash) });
    for await (const item of readAhead(stream, ahead)) {
      if (isStopped()) break;
      await take(item);
    }
  } finally {
    current?.writer.abandon();
  }
  return { stopped: isStopped(), embedded, known, failed, patches };
}

function nameOf({ encoder }: Experiment): string {
  return basename(encoder.kind === 'onnx' ? encoder.file : encoder.kind === 'resnet' ? (encoder.weights ?? 'resnet') : encoder.folder);
}
