import type { RankedSlides } from '../../src/shared/rpc/rankings.js';

/** Share of the top K of a slide that is truly positive, among those whose truth is known; null where none is. */
export function precisionOf({ known, trulyPositive }: RankedSlides, slide: number): number | null {
  return known[slide]! === 0 ? null : trulyPositive[slide]! / known[slide]!;
}

/** The mean of it over the positive slides with truth: in a negative slide no patch can be right. */
export function meanPrecision(slides: RankedSlides): { readonly share: number | null; readonly slides: number } {
  const shares = slides.ids.flatMap((_, slide) => (slides.labels[slide] === 1 ? (precisionOf(slides, slide) ?? []) : []));
  return { share: shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0) / shares.length, slides: shares.length };
}
