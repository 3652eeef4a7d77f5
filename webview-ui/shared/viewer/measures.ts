/** A 40× objective shows 0.25 µm/px, a 20× one 0.5: their product. */
const objectiveTimesMpp = 10;

/** The objective that shows as much: 40 at 0.25 µm a CSS pixel. @param scale CSS pixels a level-0 pixel. @param mpp µm a level-0 pixel. */
export function magnification(scale: number, mpp: number): number {
  return (objectiveTimesMpp * scale) / mpp;
}

/** `40×`, `2.5×`, `0.63×`. */
export function formatMagnification(value: number): string {
  return `${Number(value.toPrecision(value < 10 ? 2 : 3))}×`;
}

/** A round length that a bar of at most `longest` CSS pixels shows. @param perPixel µm a CSS pixel. */
export function scaleBar(perPixel: number, longest: number): { readonly micrometres: number; readonly pixels: number } {
  const most = perPixel * longest;
  const power = 10 ** Math.floor(Math.log10(most));
  const micrometres = [5, 2, 1].map((digit) => digit * power).find((length) => length <= most * (1 + 1e-9)) ?? power;
  return { micrometres, pixels: micrometres / perPixel };
}

/** `250 nm`, `50 µm`, `2 mm`. */
export function formatLength(micrometres: number): string {
  const tidy = (value: number): number => Number(value.toPrecision(4));
  if (micrometres < 1) return `${tidy(micrometres * 1000)} nm`;
  return micrometres < 1000 ? `${tidy(micrometres)} µm` : `${tidy(micrometres / 1000)} mm`;
}
