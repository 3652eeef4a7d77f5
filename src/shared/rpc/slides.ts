import type { SlideQuality } from '../slide-quality.js';
import type { Mpp, Region } from '../units.js';

/** A slide to look at: any file, or a slide of a run by its id in the cohort table. */
export type SlideTarget = { readonly path: string } | { readonly run: string; readonly slide: string };

/** Which patient learns, chooses or is looked at once; null before the run has split its cohort. */
export type SlideSplit = 'train' | 'validation' | 'test' | 'held-out' | null;

/** A slide of a run: what its table and its split say, and what was predicted. */
export interface CohortSlideFacts {
  readonly id: string;
  /** Absolute path; empty where the cohort table names none. */
  readonly path: string;
  readonly patient: string;
  /** What the cohort table says it is, in its words; several classes joined. */
  readonly label: string;
  /** 0 where that is the negative class, else 1. */
  readonly positive: number;
  readonly split: SlideSplit;
  /** What it was called by the round below, and whether the table says otherwise; null where no round has looked at the slide. */
  readonly call: { readonly name: string; readonly wrong: boolean } | null;
  /** That it is positive, the highest over its classes, by the same round; null as above. */
  readonly probability: number | null;
  /** What the probability must reach to be called positive, chosen on validation. */
  readonly threshold: number | null;
  /** Who predicted. */
  readonly round: number | null;
}

/** The slides of a run. */
export interface CohortFacts {
  /** Name of the experiment. */
  readonly name: string;
  readonly slides: readonly CohortSlideFacts[];
}

/** An open slide. Lengths are level-0 pixels. */
export interface SlideFacts {
  /** Absolute. */
  readonly path: string;
  readonly format: string;
  /** Maker of the scanner, and how level 0 is compressed; null where the file does not say. */
  readonly vendor: string | null;
  readonly compression: string | null;
  /** Whether it carries a colour profile, which is noted and never applied. */
  readonly icc: boolean;
  /** Largest first. */
  readonly levels: readonly { readonly width: number; readonly height: number; readonly downsample: number }[];
  readonly width: number;
  readonly height: number;
  /** µm a level-0 pixel spans, by the cohort table or else the file; null where neither says. */
  readonly mpp: Mpp | null;
  readonly objectivePower: number | null;
  /** Label and macro images the file carries, by name: never their pixels. */
  readonly associated: readonly string[];
  /** Where the slide was opened as one of a run. */
  readonly run?: {
    readonly name: string;
    readonly slide: CohortSlideFacts;
    /** Complete rounds that scored this slide, first to last; a test slide has the selected one alone. */
    readonly rounds: readonly number[];
  };
}

/** The patches of a slide as a round scored them, one entry a patch in every column. */
export interface SlidePatches {
  /** Left and top edge, and edge length: level-0 pixels. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly size: Float64Array;
  readonly score: Float32Array;
  readonly attention: Float32Array;
  /** 1 is the highest score of the slide. */
  readonly rank: Int32Array;
  /** Positions in `roles`. */
  readonly role: Uint8Array;
  /** 1, 0, or -1 where unknown. */
  readonly truth: Int8Array;
}

/** Closed outlines in level-0 pixels: x, y, x, y … of one after the other. */
export interface Outlines {
  readonly points: Float64Array;
  /** Where each outline begins, counted in points, and the number of points at the end. */
  readonly starts: Uint32Array;
}

/** What is truly there, as annotated: areas, or single points. */
export interface SlideTruth {
  readonly areas: Outlines;
  /** x, y, x, y … */
  readonly points: Float64Array;
}

/** What people said of places of a slide, one entry a place in every column. */
export interface JudgedPlaces {
  /** Left and top edge, and edge length: level-0 pixels. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly size: Float64Array;
  /** Positions in `verdicts`. */
  readonly verdict: Uint8Array;
}

/** Pixels of slides and what is known of their places. `path` is absolute. */
export interface SlideService {
  /** A region as JPEG, scaled so that its longer edge is `edge` pixels. */
  readRegion(path: string, region: Region, edge: number): Promise<Uint8Array>;
  /** Opens a slide and says what it is. */
  describeSlide(target: SlideTarget): Promise<SlideFacts>;
  /** Tissue, ink, focus and staining: as a run saw them, or measured once and kept in `folder`. */
  qualityOf(target: SlideTarget, folder: string): Promise<SlideQuality>;
  /** A tile of the slide's `Pyramid` as JPEG. */
  readTile(path: string, level: number, column: number, row: number): Promise<Uint8Array>;
  /** The whole slide as a small JPEG, drawn once and kept in `folder`. @returns its file. */
  thumbnailFile(path: string, folder: string): Promise<string>;
  /** The slides of a run with their predictions by the newest round, or by the test where the run is done. */
  cohortOf(run: string): Promise<CohortFacts>;
  /** The patches of a slide of a run as a round scored them. */
  patchesOf(run: string, round: number, slide: string): Promise<SlidePatches>;
  /** Where the run's tissue detection sees tissue. */
  tissueOf(run: string, slide: string): Promise<Outlines>;
  /** The instance truth the experiment gives for the slide. */
  truthOf(run: string, slide: string): Promise<SlideTruth>;
  /** The standing judgements of the slide, as their file says now. */
  judgedOf(run: string, slide: string): Promise<JudgedPlaces>;
  /** The label or macro image as JPEG. It may show patient data: only called when a person asked for it. */
  readAssociated(path: string, name: string): Promise<Uint8Array>;
}
