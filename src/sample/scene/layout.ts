import type { Random } from '../../shared/random.js';
import { um } from '../raster/stain-map.js';
import { drawBlob, type Blob } from './blob.js';
import type { Outline } from './outline.js';

/** What a region of a slide is made of; everything else is stroma, with glands in it. */
export type RegionKind = 'tumour' | 'nest' | 'crowded-glands' | 'fat' | 'aggregate';

export interface Region {
  readonly kind: RegionKind;
  readonly blob: Blob;
}

/** Benign tissue that looks nearly like tumour. */
export const mimicKinds: readonly RegionKind[] = ['nest', 'crowded-glands'];

interface Wish {
  readonly kind: RegionKind;
  /** Mean radius as a share of the slide's edge. */
  readonly radius: number;
}

/** Chooses regions that lie on tissue and apart from one another. Positive slides have tumour, negative slides mimics. */
export function layOut(outline: Outline, label: 0 | 1, random: Random): Region[] {
  const regions: Region[] = [];
  for (const { kind, radius } of wishes(label, random.fork('wishes'))) {
    const blob = findRoom(outline, regions, radius * outline.size, random.fork(`${kind}/${regions.length}`));
    if (blob) regions.push({ kind, blob });
  }
  return regions;
}

function wishes(label: 0 | 1, random: Random): Wish[] {
  const chance = (share: number, wish: Wish): Wish[] => (random.uniform() < share ? [wish] : []);
  const [first, second] = random.shuffle(mimicKinds);
  const lesion: Wish[] =
    label === 1
      ? [{ kind: 'tumour', radius: random.between(0.14, 0.17) }, ...chance(0.6, { kind: 'tumour', radius: random.between(0.06, 0.09) }), ...chance(0.5, { kind: first, radius: random.between(0.06, 0.08) })]
      : [{ kind: first, radius: random.between(0.11, 0.14) }, { kind: second, radius: random.between(0.07, 0.1) }];
  return [
    ...lesion,
    ...chance(0.75, { kind: 'fat', radius: random.between(0.1, 0.15) }),
    { kind: 'aggregate', radius: random.between(0.03, 0.045) },
    ...chance(0.5, { kind: 'aggregate', radius: random.between(0.025, 0.04) }),
  ];
}

/** The roomiest of many places; what would leave the tissue there is drawn in. */
function findRoom(outline: Outline, taken: readonly Region[], radius: number, random: Random): Blob | undefined {
  let best: { x: number; y: number; room: number } | undefined;
  for (let i = 0; i < 160; i++) {
    const x = random.between(0, outline.size);
    const y = random.between(0, outline.size);
    const room = Math.min(outline.depth(x, y), ...taken.map(({ blob }) => -blob.depth(x, y)));
    // Anywhere roomy enough will do: only where nothing is, the best there is.
    if (!best || Math.min(room, radius) > Math.min(best.room, radius)) best = { x, y, room };
  }
  if (!best || best.room < 0.5 * radius) return undefined;
  const { x, y } = best;
  const margin = 10 * um;
  const free = (cos: number, sin: number): number => {
    let distance = 0;
    while (distance < 2 * radius) {
      const u = x + distance * cos;
      const v = y + distance * sin;
      if (outline.depth(u, v) < margin || taken.some(({ blob }) => blob.depth(u, v) > -margin)) break;
      distance += 4;
    }
    return distance;
  };
  return drawBlob(x, y, { radius, elongation: random.between(1, 1.5), angle: random.between(0, Math.PI), roughness: 0.14 }, random.fork('shape')).within(free);
}
