import { searchLibrary, type LibrarySearch, type NativeLibrary } from '../native/search.js';

/** An open slide of the library: the address of its `openslide_t`. */
export type OpenSlideHandle = bigint;

/** The functions of OpenSlide that are used here; lengths and places as in its own documentation. */
export interface OpenSlideLibrary {
  /** File it was loaded from. */
  readonly file: string;
  readonly version: string;
  /** Maker by the library's names, e.g. `mirax`; null where it does not know the file. */
  detectVendor(path: string): Promise<string | null>;
  /** 0 where the file is not known at all; a handle may still be in error. */
  open(path: string): Promise<OpenSlideHandle | null>;
  close(slide: OpenSlideHandle): void;
  /** Why the handle serves no more; null while it does. */
  error(slide: OpenSlideHandle): string | null;
  levelCount(slide: OpenSlideHandle): number;
  levelSize(slide: OpenSlideHandle, level: number): { readonly width: number; readonly height: number };
  downsample(slide: OpenSlideHandle, level: number): number;
  property(slide: OpenSlideHandle, name: string): string | null;
  associatedNames(slide: OpenSlideHandle): string[];
  associatedSize(slide: OpenSlideHandle, name: string): { readonly width: number; readonly height: number };
  /** Premultiplied ARGB, in the byte order of the machine. @param x, y level-0 pixels. */
  readRegion(slide: OpenSlideHandle, target: Uint8Array, x: number, y: number, level: number, width: number, height: number): Promise<void>;
  readAssociated(slide: OpenSlideHandle, name: string, target: Uint8Array): Promise<void>;
}

/** How to get it, for people. */
export const openslideRemedy =
  'Install OpenSlide (Debian, Ubuntu: `apt-get install libopenslide0`; macOS: `brew install openslide`; Windows: the binaries of openslide.org) or name the library in the environment variable MIL_OPENSLIDE_PATH.';

const openslide: NativeLibrary = {
  title: 'OpenSlide',
  variable: 'MIL_OPENSLIDE_PATH',
  names: {
    linux: ['libopenslide.so.1', 'libopenslide.so.0', 'libopenslide.so'],
    darwin: ['libopenslide.1.dylib', 'libopenslide.0.dylib', 'libopenslide.dylib'],
    win32: ['libopenslide-1.dll', 'libopenslide-0.dll'],
  },
};

let found: Promise<LibrarySearch<OpenSlideLibrary>> | undefined;

/** The library of this machine, looked for once: where MIL_OPENSLIDE_PATH (a file or its folder) says, else where the system looks. */
export function findOpenSlide(): Promise<LibrarySearch<OpenSlideLibrary>> {
  found ??= search(process.env.MIL_OPENSLIDE_PATH);
  return found;
}

/** @param named file or folder of the library, instead of the system's. */
export function search(named: string | undefined): Promise<LibrarySearch<OpenSlideLibrary>> {
  return searchLibrary(openslide, named, bind);
}

async function bind(file: string): Promise<OpenSlideLibrary> {
  const { default: koffi } = await import('koffi');
  const library = koffi.load(file);
  const version = library.func('const char *openslide_get_version()') as () => string;
  const detectVendor = library.func('const char *openslide_detect_vendor(const char *path)');
  const open = library.func('void *openslide_open(const char *path)');
  const size = library.func('void openslide_get_level_dimensions(void *slide, int32_t level, _Out_ int64_t *width, _Out_ int64_t *height)') as SizeOf<number>;
  const associatedSize = library.func('void openslide_get_associated_image_dimensions(void *slide, const char *name, _Out_ int64_t *width, _Out_ int64_t *height)') as SizeOf<string>;
  const associatedNames = library.func('const char **openslide_get_associated_image_names(void *slide)') as (slide: bigint) => bigint;
  const readRegion = library.func('void openslide_read_region(void *slide, void *target, int64_t x, int64_t y, int32_t level, int64_t width, int64_t height)');
  const readAssociated = library.func('void openslide_read_associated_image(void *slide, const char *name, void *target)');
  const pointerBytes = koffi.sizeof('void *');
  return {
    file,
    version: version(),
    detectVendor: (path) => onThread<string | null>(detectVendor, path),
    open: (path) => onThread<bigint | null>(open, path),
    close: library.func('void openslide_close(void *slide)') as (slide: bigint) => void,
    error: library.func('const char *openslide_get_error(void *slide)') as (slide: bigint) => string | null,
    levelCount: library.func('int32_t openslide_get_level_count(void *slide)') as (slide: bigint) => number,
    downsample: library.func('double openslide_get_level_downsample(void *slide, int32_t level)') as (slide: bigint, level: number) => number,
    property: library.func('const char *openslide_get_property_value(void *slide, const char *name)') as (slide: bigint, name: string) => string | null,
    levelSize: (slide, level) => sizeBy(size, slide, level),
    associatedSize: (slide, name) => sizeBy(associatedSize, slide, name),
    associatedNames: (slide) => {
      // Ends with a null: reading on would leave the list.
      const list = associatedNames(slide);
      const result: string[] = [];
      for (let name; (name = koffi.decode(list, result.length * pointerBytes, 'const char *') as string | null); ) result.push(name);
      return result;
    },
    readRegion: (...args) => onThread<void>(readRegion, ...args),
    readAssociated: (slide, name, target) => onThread<void>(readAssociated, slide, name, target),
  };
}

type SizeOf<Of> = (slide: bigint, of: Of, width: [number], height: [number]) => void;

function sizeBy<Of>(call: SizeOf<Of>, slide: bigint, of: Of): { width: number; height: number } {
  const width: [number] = [0];
  const height: [number] = [0];
  call(slide, of, width, height);
  return { width: Number(width[0]), height: Number(height[0]) };
}

/** Calls a function of the library on a thread; what it is given stays alive as long. */
function onThread<Result>(call: { async(...args: unknown[]): void }, ...args: unknown[]): Promise<Result> {
  return new Promise((resolve, reject) => {
    call.async(...args, (error: unknown, result: Result) => (error ? reject(error as Error) : resolve(result)));
  });
}
