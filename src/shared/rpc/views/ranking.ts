import type { Region } from '../../units.js';
import type { PatchHistory, RankedPair, RankedSplit, RankingOverview, RankingSubject } from '../rankings.js';

export const rankingTabs = ['pair', 'slides', 'scores'] as const;
export type RankingTab = (typeof rankingTabs)[number];

/** The state of a ranking panel, kept over reloads. */
export interface RankingState {
  /** Absolute run folder. */
  readonly run: string;
  /** Left out: the selected round, or the newest while there is none. */
  readonly round?: number;
  readonly split: RankedSplit;
  /** Slides side by side; those left out are the ones of the largest violation. */
  readonly positive?: string;
  readonly negative?: string;
  readonly tab: RankingTab;
}

/** A slide to choose from. */
export interface SlideChoice {
  readonly slide: string;
  readonly description: string;
}

/** What the ranking panel may ask of the extension. */
export interface RankingHost {
  overview(subject: RankingSubject): Promise<RankingOverview>;
  pair(subject: RankingSubject, positive: string, negative: string): Promise<RankedPair>;
  history(subject: RankingSubject, slide: string, indices: Int32Array): Promise<PatchHistory>;
  /** A patch as JPEG of `edge` px. @param path of the slide, absolute. */
  picture(path: string, region: Region, edge: number): Promise<Uint8Array>;
  /** Lets a person search for a slide; undefined when they think better of it. */
  pickSlide(title: string, choices: readonly SlideChoice[]): Promise<string | undefined>;
  openPatch(target: { readonly run: string; readonly round: number; readonly slide: string; readonly x: number; readonly y: number; readonly size: number }): Promise<void>;
  /** Asks where to, and writes all pairs of slides there, or all pairs of patches of the two slides. */
  saveSlidePairs(subject: RankingSubject): Promise<void>;
  savePatchPairs(subject: RankingSubject, positive: string, negative: string): Promise<void>;
  /** Asks where to, and writes a file there. */
  save(name: string, content: Uint8Array): Promise<void>;
  /** Lets a person choose another run. */
  chooseRun(): Promise<void>;
}

/** What the extension tells the ranking panel. */
export interface RankingView {
  show(state: RankingState): void;
  /** The run has gone on: there may be more rounds. */
  runChanged(): void;
}
