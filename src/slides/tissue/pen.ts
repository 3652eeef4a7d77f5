import { penColours, type PenColour } from '../../shared/slide-quality.js';
import { density } from '../../stain/density.js';
import { dilate } from './closing.js';
import { keepComponents } from './components.js';
import { glassColour } from './glass.js';

/** Decadic optical density, summed over red, green and blue, that pale ink has at least, and ink that proves a mark. */
const pale = 0.2;
const inked = 0.6;
/** Grey is ink only where it is darker: dust, shadows and folds are grey too. */
const paleGrey = 0.45;
/** Ink over tissue is less blue, green or grey, but dark; and darker still where it proves a mark. */
const dark = 0.9;
const darkest = 1.2;
/** µm² of proven ink a mark must hold: what is smaller is dust, or a coloured fringe at an edge of tissue. */
const leastInk = 1_000;
/** µm by which a mark is wider than its ink is dark, and what hides that much of the glass there (summed as above): beside a mark on bare glass is no ink. */
const fringe = 8;
const faint = 0.04;
/** Nothing is darker than scanner fill. */
const fill = 12;

/**
 * Pen marks and margin ink: for each pixel 0, or 1 + its position in {@link penColours}. H&E takes more green than
 * red and more green than blue out of the light: what takes most red, or all three alike, or blue as much as green and
 * no red, is ink. Pale ink counts where it hangs together with ink that is certain.
 * @param mpp µm a pixel of the image spans.
 */
export function findPen(pixels: Uint8Array, width: number, height: number, mpp: number): Uint8Array {
  const pen = new Uint8Array(width * height);
  const sure = new Uint8Array(width * height);
  const covered = new Uint8Array(width * height);
  const white = glassColour(pixels).map((value) => density[value]);
  for (let i = 0; i < pen.length; i++) {
    const [r, g, b] = [pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]];
    if (Math.max(r, g, b) < fill) continue;
    const taken = [density[r] - white[0], density[g] - white[1], density[b] - white[2]] as const;
    covered[i] = taken[0] + taken[1] + taken[2] >= faint ? 1 : 0;
    const seen = inkOf(...taken);
    if (!seen) continue;
    pen[i] = 1 + penColours.indexOf(seen.colour);
    sure[i] = seen.sure ? 1 : 0;
  }
  keepComponents(pen, sure, width, height, Math.max(1, leastInk / (mpp * mpp)));
  return widen(pen, covered, width, height, Math.round(fringe / mpp));
}

/** What ink a pixel of these optical densities may be. The shares were chosen on a hundred fields of H&E, of which only those with ink have marks. */
function inkOf(r: number, g: number, b: number): { readonly colour: PenColour; readonly sure: boolean } | undefined {
  const total = r + g + b;
  if (total < pale) return undefined;
  const hue = b < g ? 'blue' : 'green';
  if (r >= 1.1 * g) return { colour: hue, sure: total >= inked && r >= 1.25 * g };
  const evenness = Math.min(r, g, b) / Math.max(r, g, b);
  if ((evenness >= 0.75 && total >= paleGrey) || (evenness >= 0.65 && total >= dark)) return { colour: 'black', sure: evenness >= 0.7 && total >= (evenness >= 0.8 ? dark : darkest) };
  if (r >= 0.95 * g && total >= dark) return { colour: hue, sure: false };
  // Red blood cells take less blue than green, eosin far less.
  if (b >= 0.95 * g && r <= 0.35 * g) return { colour: 'red', sure: total >= inked && b >= g };
  return undefined;
}

/** Marks grow over their fringe where the glass is covered; where two meet, the colour with the lower number. */
function widen(pen: Uint8Array, covered: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const wide = pen.slice();
  for (const colour of [4, 3, 2, 1]) {
    if (!pen.includes(colour)) continue;
    const grown = dilate(pen.map((value) => (value === colour ? 1 : 0)), width, height, radius);
    grown.forEach((value, i) => {
      if (value === 1 && pen[i] === 0 && covered[i] === 1) wide[i] = colour;
    });
  }
  return wide;
}
