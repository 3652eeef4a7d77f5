import { closeSync, openSync, writeSync } from 'node:fs';
import type { Feature, FeatureCollection, Polygon } from 'geojson';
import { contentId } from '../../shared/content-id.js';
import { replaceFile } from '../../shared/files.js';
import type { SlidePatches } from '../../shared/rpc/slides.js';
import { roles } from '../../shared/run/tables.js';

/** The patches of a slide as a round scored them. */
export interface ScoredPatches {
  readonly slide: string;
  readonly round: number;
  readonly patches: SlidePatches;
}

/** How QuPath shows what a round mined; other patches have no class. */
const classes: Readonly<Partial<Record<(typeof roles)[number], { readonly name: string; readonly color: readonly number[] }>>> = {
  positive: { name: 'Positive patch', color: [200, 0, 80] },
  'hard-negative': { name: 'Hard negative', color: [0, 110, 200] },
};

/** Characters written at a time. */
const pieceLength = 2 ** 20;

/**
 * Writes the patches of a slide as QuPath's tiles (squares in full-resolution pixels, with the measurements score, attention,
 * rank, round and role: 0 none, 1 positive, 2 hard negative), and areas drawn on the slide before them. The same content
 * has the same ids.
 * @throws HardmineError `disk-full`, `file-denied`, `file-missing`.
 */
export function writeQupath(file: string, scored: ScoredPatches, drawn: FeatureCollection | undefined): void {
  replaceFile(file, (temporary) => {
    const descriptor = openSync(temporary, 'w');
    try {
      let piece = '{"type":"FeatureCollection","features":[';
      let first = true;
      const flush = (): void => {
        const bytes = Buffer.from(piece);
        for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
        piece = '';
      };
      for (const feature of features(scored, drawn)) {
        piece += `${first ? '' : ','}\n${JSON.stringify(feature)}`;
        first = false;
        if (piece.length > pieceLength) flush();
      }
      piece += '\n]}\n';
      flush();
    } finally {
      closeSync(descriptor);
    }
  });
}

function* features(scored: ScoredPatches, drawn: FeatureCollection | undefined): Generator<Feature> {
  yield* drawn?.features ?? [];
  for (let i = 0; i < scored.patches.x.length; i++) yield tileOf(scored, i);
}

function tileOf({ slide, round, patches }: ScoredPatches, i: number): Feature<Polygon> {
  const [left, top, size] = [patches.x[i]!, patches.y[i]!, patches.size[i]!];
  const [right, bottom] = [left + size, top + size];
  const role = roles[patches.role[i]!]!;
  const classification = classes[role];
  return {
    type: 'Feature',
    id: contentId(`${slide}\n${round}\n${left} ${top} ${size}`),
    geometry: { type: 'Polygon', coordinates: [[[left, top], [right, top], [right, bottom], [left, bottom], [left, top]]] },
    properties: {
      objectType: 'tile',
      ...(classification && { classification }),
      measurements: { score: measured(patches.score[i]!), attention: measured(patches.attention[i]!), rank: patches.rank[i]!, round, role: patches.role[i]! },
    },
  };
}

/** QuPath writes what is no number as text, since JSON has no such number. */
function measured(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
