import type { Random } from '../../shared/random.js';
import type { Noise } from '../raster/noise.js';
import type { StainMap } from '../raster/stain-map.js';
import type { Fibres } from '../scene/fibres.js';
import type { Region } from '../scene/layout.js';
import type { Outline } from '../scene/outline.js';
import type { NucleusPainter } from './nucleus.js';

/** What every tissue is painted with. */
export interface Painting {
  readonly map: StainMap;
  readonly outline: Outline;
  readonly fibres: Fibres;
  readonly regions: readonly Region[];
  readonly nuclei: NucleusPainter;
  /** Fine unevenness of whatever is painted. */
  readonly texture: Noise;
  readonly random: Random;
}
