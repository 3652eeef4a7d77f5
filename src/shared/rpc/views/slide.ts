import type { Verdict } from '../../judgements/verdicts.js';
import type { Region } from '../../units.js';
import type { SlideQuality } from '../../slide-quality.js';
import type { SlideService, SlideTarget } from '../slides.js';

/** What patches are coloured by. */
export const measures = ['none', 'score', 'attention', 'rank'] as const;
export type Measure = (typeof measures)[number];

/** How a value becomes a colour: by its place among the slide's patches, or by itself. */
export const colorScales = ['percentile', 'absolute'] as const;
export type ColorScale = (typeof colorScales)[number];

/** What is drawn over the pixels besides the colours. */
export const layers = ['grid', 'tissue', 'mined', 'truth', 'judgements'] as const;
export type Layer = (typeof layers)[number];

/** A patch, by its left top corner and its edge: level-0 pixels. */
export interface PatchPlace {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** How a person set the view up. */
export interface SlideSettings {
  readonly measure: Measure;
  readonly scale: ColorScale;
  /** Of the colours, 0–1. */
  readonly opacity: number;
  readonly layers: readonly Layer[];
}

/** The state of a slide view, kept over reloads. */
export interface SlideState {
  readonly target: SlideTarget;
  /** Whose scores are shown; the newest where it is not given. */
  readonly round?: number;
  /** The patch to show and select. */
  readonly place?: PatchPlace;
  readonly settings?: SlideSettings;
  /** What was in sight. */
  readonly sight?: Region;
}

/** What a slide view may ask of the extension. */
export interface SlideHost extends Pick<SlideService, 'describeSlide' | 'readTile' | 'patchesOf' | 'tissueOf' | 'truthOf' | 'judgedOf'> {
  /** The slide of the newest run that a file is, with which the run's findings can be shown; null where it is none. */
  slideOfRun(path: string): Promise<{ readonly run: string; readonly slide: string } | null>;
  /** Tissue, ink, focus and staining. */
  qualityOf(target: SlideTarget): Promise<SlideQuality>;
  /** Offers the other editors of a file, which may be no slide. */
  openOtherwise(): Promise<void>;
  /** Writes a judgement into the file of the run's experiment; `none` takes back what was said. */
  judge(run: string, round: number, slide: string, place: PatchPlace, verdict: Verdict): Promise<void>;
}

/** What the extension tells a slide view. */
export interface SlideView {
  /** Show this slide, or another patch of the same. */
  show(state: SlideState): void;
}
