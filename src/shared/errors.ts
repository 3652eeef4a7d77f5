/** Stable codes of everything that can go wrong; documented, tested, searchable. */
export type ErrorCode =
  | 'experiment-invalid'
  | 'experiment-unreadable'
  | 'cohort-unreadable'
  | 'cohort-invalid'
  | 'cohort-one-class'
  | 'split-invalid'
  | 'slide-missing'
  | 'slide-unreadable'
  | 'slide-format'
  | 'slide-no-tissue'
  | 'annotations-invalid'
  | 'stain-unmeasured'
  | 'mpp-unknown'
  | 'truth-invalid'
  | 'features-invalid'
  | 'encoder-invalid'
  | 'weights-invalid'
  | 'engine-unavailable'
  | 'kernel-unmapped'
  | 'loss-not-finite'
  | 'mining-empty'
  | 'judgements-invalid'
  | 'disk-full'
  | 'file-denied'
  | 'file-missing'
  | 'run-locked'
  | 'run-not-resumable'
  | 'run-damaged'
  | 'cache-damaged'
  | 'golden-invalid'
  | 'interrupted'
  | 'usage';

/** Where an error stands: a file with an optional position, or a slide. */
export interface Place {
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
  readonly slide?: string;
}

/** An error written for a person: what is wrong, where, and what to do about it. */
export class HardmineError extends Error {
  override readonly name = 'HardmineError';

  constructor(
    readonly code: ErrorCode,
    /** What is wrong, in one sentence. */
    readonly what: string,
    readonly details: { readonly place?: Place; readonly remedy?: string; readonly cause?: unknown } = {},
  ) {
    super([placeText(details.place), what, details.remedy].filter(Boolean).join(' '), { cause: details.cause });
  }

  get place(): Place {
    return this.details.place ?? {};
  }

  get remedy(): string | undefined {
    return this.details.remedy;
  }
}

function placeText(place: Place | undefined): string {
  if (!place) return '';
  const position = place.file === undefined ? '' : `${place.file}${place.line === undefined ? '' : `:${place.line}${place.column === undefined ? '' : `:${place.column}`}`}`;
  const slide = place.slide === undefined ? '' : `slide "${place.slide}"`;
  const text = [position, slide].filter(Boolean).join(', ');
  return text && `${text}:`;
}

/** The text of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
