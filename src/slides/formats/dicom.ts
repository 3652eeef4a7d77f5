import { stat } from 'node:fs/promises';
import { HardmineError, messageOf } from '../../shared/errors.js';
import type { Slide } from '../contract.js';
import { codecProblem, compressionOf } from '../dicom/codec.js';
import type { DicomInstance } from '../dicom/instance.js';
import { levelsOf, SeveralPlanes, type DicomLevel } from '../dicom/level.js';
import { tellOrder } from '../dicom/order.js';
import { closeAll, damaged, readSeries } from '../dicom/series.js';
import { DicomTiles } from '../dicom/tiles.js';
import { jpeg2000Decoder } from '../pixels/codecs/jpeg2000/index.js';
import { TilePixels } from '../pixels/tiles.js';
import { PyramidSlide } from '../pyramid.js';

interface AssociatedPixels {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const convert = 'Convert it with the software of its scanner or with wsidicomizer, to colour in JPEG, JPEG 2000 or no compression.';

/**
 * A DICOM whole-slide image: `path` is a folder of its files, or one of them, whose series is then taken from beside it.
 * @throws HardmineError `slide-format`, `slide-unreadable`.
 */
export async function openDicom(path: string, isFolder: boolean): Promise<Slide> {
  const instances = await readSeries(path, isFolder);
  try {
    return await describe(path, instances);
  } catch (error) {
    await closeAll(instances);
    throw error;
  }
}

/** Pixels of the label, overview or thumbnail of that name (`Slide.associated`); undefined where there is none. */
export async function readDicomAssociated(path: string, name: string): Promise<AssociatedPixels | undefined> {
  const instances = await readSeries(path, (await stat(path)).isDirectory());
  const pixels = new TilePixels(path, new DicomTiles(...levelOfName(path, instances, name)));
  try {
    const image = instances.find((instance) => nameOf(instance) === name);
    if (!image) return undefined;
    const { width, height } = image;
    return { pixels: await pixels.read(0, { left: 0, top: 0, width, height }), width, height };
  } finally {
    await pixels.close();
  }
}

async function describe(path: string, instances: readonly DicomInstance[]): Promise<Slide> {
  const volumes = instances.filter(isLevel);
  if (volumes.length === 0) throw new HardmineError('slide-format', 'None of the files of this DICOM slide holds its levels, only label, overview or thumbnail.', { place: { file: path }, remedy: 'Copy the files of the slide whose image type is VOLUME beside it.' });
  for (const instance of volumes) checkInstance(instance);
  const levels = await Promise.all(checkedLevels(path, volumes).map(tellOrder)).catch((cause: unknown) => {
    throw damaged(path, messageOf(cause), cause);
  });
  const [base] = levels[0].parts;
  return new PyramidSlide(
    {
      path,
      format: 'dicom',
      vendor: base.vendor,
      compression: compressionOf(base),
      decoder: compressionOf(base) === 'JPEG 2000' ? await jpeg2000Decoder() : undefined,
      levels,
      mpp: base.mpp,
      objectivePower: base.objectivePower,
      icc: base.icc,
      associated: instances.filter((instance) => !isLevel(instance)).map(nameOf),
    },
    new TilePixels(path, new DicomTiles(levels, instances)),
  );
}

function isLevel({ flavour }: DicomInstance): boolean {
  return flavour === 'VOLUME';
}

function nameOf({ flavour }: DicomInstance): string {
  return flavour.toLowerCase();
}

function levelOfName(path: string, instances: readonly DicomInstance[], name: string): [readonly DicomLevel[], readonly DicomInstance[]] {
  const images = instances.filter((instance) => !isLevel(instance) && nameOf(instance) === name).slice(0, 1);
  images.forEach(checkInstance);
  return [checkedLevels(path, images), instances];
}

function checkInstance(instance: DicomInstance): void {
  const { file, focalPlanes, opticalPaths } = instance;
  const problem = codecProblem(instance);
  if (problem) throw new HardmineError('slide-format', `This DICOM slide cannot be decoded here: ${problem}.`, { place: { file: file.path }, remedy: convert });
  if (focalPlanes > 1 || opticalPaths > 1) throw severalPlanes(file.path, `${focalPlanes} focal planes and ${opticalPaths} optical paths`);
}

function checkedLevels(path: string, volumes: readonly DicomInstance[]): DicomLevel[] {
  try {
    const levels = levelsOf(volumes);
    for (const [i, level] of levels.entries()) {
      if (i > 0 && level.width === levels[i - 1].width) throw new SeveralPlanes();
      if (!sameShape(levels[0], level)) throw new HardmineError('slide-format', `The files of this DICOM slide show different areas (${levels[0].width} × ${levels[0].height} and ${level.width} × ${level.height} px).`, { place: { file: path }, remedy: 'Give each area a folder of its own and name that.' });
    }
    return levels;
  } catch (error) {
    if (error instanceof SeveralPlanes) throw severalPlanes(path, 'several focal planes, optical paths or scans');
    throw error instanceof HardmineError ? error : damaged(path, messageOf(error), error);
  }
}

function severalPlanes(path: string, what: string): HardmineError {
  return new HardmineError('slide-format', `This DICOM slide holds ${what}; which of them to read is not known.`, { place: { file: path }, remedy: 'Export one focal plane and one optical path (brightfield) as a slide of its own.' });
}

/** Sizes of levels are rounded: a pixel either way, and one of the coarser level's. */
function sameShape(base: DicomLevel, level: DicomLevel): boolean {
  const ratio = base.width / level.width;
  return Math.abs(base.height - level.height * ratio) <= 2 * ratio + level.height * ratio * (2 / level.width);
}
