/** Colours people mark slides and paint margins with, in the order of their numbers in a pen map. */
export const penColours = ['blue', 'green', 'black', 'red'] as const;
export type PenColour = (typeof penColours)[number];

/** What can be said of a slide before anything is learnt from it. */
export interface SlideQuality {
  readonly tissue: {
    /** mm². */
    readonly area: number;
    /** Of the slide, 0–1. */
    readonly share: number;
  };
  readonly pen: {
    /** Of the slide, 0–1, whether rejected or not. */
    readonly share: number;
    /** mm² of each colour there is. */
    readonly areas: Readonly<Partial<Record<PenColour, number>>>;
  };
  /** Fields of tissue, 128 µm wide and evenly spread, that were looked at closely; null where the slide is too coarse. */
  readonly focus: {
    readonly fields: number;
    /** Of these fields out of focus, 0–1. */
    readonly blurred: number;
  } | null;
  readonly stain: {
    /** Median colour of bare glass, 0–255. */
    readonly glass: readonly [number, number, number];
    /** Mean amounts over the tissue, decadic optical density along Ruifrok & Johnston's vectors above the glass. */
    readonly haematoxylin: number;
    readonly eosin: number;
  };
}
