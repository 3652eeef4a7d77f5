import { z } from 'zod';

/** Colours people mark slides and paint margins with, in the order of their numbers in a pen map. */
export const penColours = ['blue', 'green', 'black', 'red'] as const;
export type PenColour = (typeof penColours)[number];

const share = z.number().min(0).max(1);

/** What can be said of a slide before anything is learnt from it. */
export const slideQualitySchema = z.object({
  /** Area in mm², and its share of the slide. */
  tissue: z.object({ area: z.number(), share }),
  /** Share of the slide, whether rejected or not, and mm² of each colour there is. */
  pen: z.object({ share, areas: z.partialRecord(z.enum(penColours), z.number()) }),
  /** Fields of tissue, 128 µm wide and evenly spread, that were looked at closely, and the share of them that is out of focus; null where the slide is too coarse. */
  focus: z.object({ fields: z.int(), blurred: share }).nullable(),
  stain: z.object({
    /** Median colour of bare glass, 0–255. */
    glass: z.tuple([z.number(), z.number(), z.number()]).readonly(),
    /** Mean amounts over the tissue, decadic optical density along Ruifrok & Johnston's vectors above the glass. */
    haematoxylin: z.number(),
    eosin: z.number(),
  }),
});
export type SlideQuality = z.output<typeof slideQualitySchema>;
