import { searchLibrary, type LibrarySearch, type NativeLibrary } from '../../../native/search.js';
import { interleave, type Plane } from './interleave.js';
import type { Jpeg2000Size } from './size.js';

/** The OpenJPEG of this machine, which decodes more tiles a second than that in WebAssembly (docs/slides.md). */
export interface OpenJpegLibrary {
  /** File it was loaded from. */
  readonly file: string;
  readonly version: string;
  /**
   * Samples of a codestream, pixel by pixel; a coarser component is repeated, as OpenSlide does.
   * @param size of the codestream: one or three components of unsigned 8-bit samples.
   * @throws Error with a short reason where it is damaged.
   */
  decode(tile: Uint8Array, size: Jpeg2000Size): Uint8Array;
}

/** How to get it, for people. */
export const openjpegRemedy =
  'Install it (Debian, Ubuntu: `apt-get install libopenjp2-7`; macOS: `brew install openjpeg`) or name its library in the environment variable MIL_OPENJPEG_PATH.';

const openjpeg: NativeLibrary = {
  title: 'OpenJPEG',
  variable: 'MIL_OPENJPEG_PATH',
  names: { linux: ['libopenjp2.so.7'], darwin: ['libopenjp2.7.dylib', 'libopenjp2.dylib'], win32: ['openjp2.dll', 'libopenjp2.dll'] },
};

let found: Promise<LibrarySearch<OpenJpegLibrary>> | undefined;

/** The library of this machine, looked for once: where MIL_OPENJPEG_PATH (a file or its folder) says, else where the system looks. */
export function findOpenJpeg(): Promise<LibrarySearch<OpenJpegLibrary>> {
  found ??= searchLibrary(openjpeg, process.env.MIL_OPENJPEG_PATH, bind);
  return found;
}

/** `opj_codestream`, without the boxes of JP2. */
const codestream = 0;
/** More than any version's `opj_dparameters_t` takes, bytes: two paths of 4096 stand in it. */
const parameterBytes = 16 * 1024;

async function bind(file: string): Promise<OpenJpegLibrary> {
  const { default: koffi } = await import('koffi');
  const library = koffi.load(file);
  const version = (library.func('opj_version', 'str', []) as () => string)();
  // Structures are laid out as below since then.
  if (!/^2\.([1-9]|\d{2,})\b/.test(version)) throw new Error(`OpenJPEG ${version} is not read, only 2.1 and later 2.x`);
  const uint32 = 'uint32_t';
  const component = koffi.struct({ dx: uint32, dy: uint32, w: uint32, h: uint32, x0: uint32, y0: uint32, prec: uint32, bpp: uint32, sgnd: uint32, resno: uint32, factor: uint32, data: 'void *', alpha: 'uint16_t' });
  const picture = koffi.struct({ x0: uint32, y0: uint32, x1: uint32, y1: uint32, numcomps: uint32, space: 'int', comps: 'void *', icc: 'void *', iccLength: uint32 });
  const reader = koffi.pointer(koffi.proto('size_t', ['void *', 'size_t', 'void *']));
  const listener = koffi.pointer(koffi.proto('void', ['str', 'void *']));

  const createCodec = library.func('opj_create_decompress', 'void *', ['int']) as (format: number) => bigint;
  const setDefaults = library.func('opj_set_default_decoder_parameters', 'void', ['void *']) as (parameters: Uint8Array) => void;
  const setup = library.func('opj_setup_decoder', 'int', ['void *', 'void *']) as (codec: bigint, parameters: Uint8Array) => number;
  const onError = library.func('opj_set_error_handler', 'int', ['void *', listener, 'void *']) as (codec: bigint, call: bigint, data: null) => number;
  const createStream = library.func('opj_stream_create', 'void *', ['size_t', 'int']) as (bytes: number, input: number) => bigint;
  const onRead = library.func('opj_stream_set_read_function', 'void', ['void *', reader]) as (stream: bigint, call: bigint) => void;
  const setLength = library.func('opj_stream_set_user_data_length', 'void', ['void *', 'uint64_t']) as (stream: bigint, bytes: number) => void;
  const readHeader = library.func('opj_read_header', 'int', ['void *', 'void *', koffi.out(koffi.pointer('void *'))]) as (stream: bigint, codec: bigint, image: [bigint | null]) => number;
  const decode = library.func('opj_decode', 'int', ['void *', 'void *', 'void *']) as (codec: bigint, stream: bigint, image: bigint) => number;
  const destroyImage = library.func('opj_image_destroy', 'void', ['void *']) as (image: bigint) => void;
  const destroyStream = library.func('opj_stream_destroy', 'void', ['void *']) as (stream: bigint) => void;
  const destroyCodec = library.func('opj_destroy_codec', 'void', ['void *']) as (codec: bigint) => void;

  const copy = koffi.load(process.platform === 'win32' ? 'msvcrt.dll' : null).func('memcpy', 'void *', ['void *', 'void *', 'size_t']) as (target: Int32Array, source: bigint, bytes: number) => void;

  const parameters = new Uint8Array(parameterBytes);
  setDefaults(parameters);
  // One tile at a time: the library calls back while it decodes, on this thread.
  let unread: Uint8Array = parameters;
  let problem = '';
  const ended = 2n ** BigInt(8 * koffi.sizeof('size_t')) - 1n;
  const read = koffi.register((target: bigint, most: number): number | bigint => {
    if (unread.length === 0) return ended;
    const part = unread.subarray(0, most);
    koffi.encode(target, 'uint8_t', part, part.length);
    unread = unread.subarray(part.length);
    return part.length;
  }, reader);
  const listen = koffi.register((message: string) => void (problem ||= message.trim()), listener);
  const check = (done: number): void => {
    if (!done) throw new Error(`OpenJPEG: ${problem || 'a tile cannot be decoded'}`);
  };

  const planesOf = (image: bigint, { width, height, components }: Jpeg2000Size): Plane[] => {
    const { numcomps, comps } = koffi.decode(image, picture) as { numcomps: number; comps: bigint };
    if (numcomps !== components.length) throw new Error('a tile decodes to other channels than it claims');
    return components.map(({ across, down }, i) => {
      const { w, h, data } = koffi.decode(comps, i * koffi.sizeof(component), component) as { w: number; h: number; data: bigint | null };
      if (w !== Math.ceil(width / across) || h !== Math.ceil(height / down) || data === null) throw new Error('a tile decodes to another size than it claims');
      const samples = memoryOf(i, w * h);
      copy(samples, data, samples.byteLength);
      return { samples, width: w, across, down };
    });
  };

  // Used again for the next tile: what koffi decodes is new each time, and the collector has to clear it away.
  const memory: Int32Array[] = [];
  const memoryOf = (component: number, length: number): Int32Array => (memory[component]?.length === length ? memory[component] : (memory[component] = new Int32Array(length)));

  return {
    file,
    version,
    decode(tile, size) {
      unread = tile;
      problem = '';
      const codec = createCodec(codestream);
      const stream = createStream(tile.length, 1);
      const image: [bigint | null] = [null];
      try {
        onError(codec, listen, null);
        onRead(stream, read);
        setLength(stream, tile.length);
        check(setup(codec, parameters));
        check(readHeader(stream, codec, image));
        check(decode(codec, stream, image[0]!));
        return interleave(planesOf(image[0]!, size), size);
      } finally {
        if (image[0] !== null) destroyImage(image[0]);
        destroyStream(stream);
        destroyCodec(codec);
      }
    },
  };
}
