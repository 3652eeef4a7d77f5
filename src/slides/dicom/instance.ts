import type { DataSet } from 'dicom-parser';
import type { Mpp } from '../../shared/units.js';
import { plausibleMpp } from '../formats/structure.js';
import type { RandomAccessFile } from '../tiff/file.js';
import type { FramePlace } from './places.js';
import { readHeader, type DicomHeader } from './header.js';

/** One file of a whole-slide image: a level of it or a part of one, or a label, overview or thumbnail. */
export interface DicomInstance {
  readonly file: RandomAccessFile;
  readonly header: DicomHeader;
  readonly series: string;
  /** `VOLUME` is a level; else `LABEL`, `OVERVIEW`, `THUMBNAIL` … */
  readonly flavour: string;
  /** Of the whole matrix, pixels. */
  readonly width: number;
  readonly height: number;
  /** Of a frame, pixels. */
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** Frames in this file. */
  readonly frames: number;
  /** Place of its first frame among those of all files of its concatenation, and what these have in common. */
  readonly concatenation: { readonly uid: string; readonly firstFrame: number } | undefined;
  readonly samples: number;
  readonly bits: number;
  /** e.g. `RGB`, `YBR_FULL_422`. */
  readonly photometric: string;
  /** Whether samples stand plane by plane where they are not compressed. */
  readonly planar: boolean;
  /** Undefined where frames fill the matrix. */
  readonly places: readonly FramePlace[] | undefined;
  /** Whether the file says that frames lie in rows, left to right. */
  readonly inRows: boolean;
  readonly focalPlanes: number;
  readonly opticalPaths: number;
  readonly mpp: Mpp | undefined;
  readonly objectivePower: number | undefined;
  readonly vendor: string | undefined;
  readonly icc: boolean;
}

/** VL Whole Slide Microscopy Image Storage. */
export const wholeSlideClass = '1.2.840.10008.5.1.4.1.1.77.1.6';
/** More pixels than any frame has; a frame is decoded at once. */
const mostFramePixels = 2 ** 25;
/** Side of a matrix: what a signed frame position can tell. */
const mostSide = 2 ** 31 - 1;

/**
 * Reads what an instance says of itself, not its pixels.
 * @returns undefined where it is of another kind than a whole-slide image. @throws Error with a short reason where it is damaged.
 */
export async function readInstance(file: RandomAccessFile): Promise<DicomInstance | undefined> {
  const header = await readHeader(file);
  const { data } = header;
  if (text(data, 'x00080016') !== wholeSlideClass) return undefined;
  const concatenation = text(data, 'x00209161');
  const opticalPath = data.elements.x00480105?.items?.[0]?.dataSet;
  const power = opticalPath?.floatString('x00480112') ?? 0;
  const inRows = text(data, 'x00209311') === 'TILED_FULL';
  const width = whole(data.uint32('x00480006'), mostSide, 'width of its matrix');
  const height = whole(data.uint32('x00480007'), mostSide, 'height of its matrix');
  const tileWidth = whole(data.uint16('x00280011'), 65535, 'width of its frames');
  const tileHeight = whole(data.uint16('x00280010'), 65535, 'height of its frames');
  if (tileWidth * tileHeight > mostFramePixels) throw new Error(`its frames of ${tileWidth} × ${tileHeight} pixels are too large`);
  return {
    file,
    header,
    series: text(data, 'x0020000e') ?? '',
    flavour: flavourOf(data),
    width,
    height,
    tileWidth,
    tileHeight,
    frames: whole(data.intString('x00280008') ?? 1, mostSide, 'number of its frames'),
    concatenation: concatenation === undefined ? undefined : { uid: concatenation, firstFrame: data.uint32('x00209228') ?? 0 },
    samples: data.uint16('x00280002') ?? 1,
    bits: data.uint16('x00280100') ?? 8,
    photometric: text(data, 'x00280004') ?? '',
    planar: data.uint16('x00280006') === 1,
    places: inRows ? undefined : header.places,
    inRows,
    focalPlanes: data.uint32('x00480303') ?? 1,
    opticalPaths: data.uint32('x00480302') ?? 1,
    mpp: mppOf(data, width, height),
    objectivePower: power > 0 ? power : undefined,
    vendor: text(data, 'x00080070'),
    icc: [opticalPath, data].some((from) => from?.elements.x00282000 !== undefined),
  };
}

/** The third value of the image type. Converters that leave it out write levels. */
function flavourOf(data: DataSet): string {
  return data.string('x00080008', 2)?.trim() || 'VOLUME';
}

/** Spacing of the pixels of all frames (row first, mm), else the size of the imaged volume (mm). */
function mppOf(data: DataSet, width: number, height: number): Mpp | undefined {
  const measures = data.elements.x52009229?.items?.[0]?.dataSet?.elements.x00289110?.items?.[0]?.dataSet;
  const down = measures?.floatString('x00280030', 0);
  const across = measures?.floatString('x00280030', 1);
  if (down !== undefined && across !== undefined) return plausibleMpp(across * 1000, down * 1000);
  const mpp = plausibleMpp(((data.float('x00480001') ?? 0) / width) * 1000, ((data.float('x00480002') ?? 0) / height) * 1000);
  // Some converters write the size of a coverslip whatever the matrix: pixels of a scanner are square.
  return mpp && Math.abs(mpp.x / mpp.y - 1) < 0.02 ? mpp : undefined;
}

function text(data: DataSet, tag: string): string | undefined {
  return data.string(tag)?.replaceAll('\0', '').trim() || undefined;
}

function whole(value: number | undefined, most: number, what: string): number {
  if (value === undefined || !Number.isInteger(value) || value < 1 || value > most) throw new Error(`the ${what} is missing or wrong`);
  return value;
}
