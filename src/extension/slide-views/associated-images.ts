import { Disposable, EventEmitter, FileSystemError, FileType, TabInputCustom, Uri, window, type FileChangeEvent, type FileStat, type FileSystemProvider } from 'vscode';

const scheme = 'mil-associated';

/**
 * Label and macro images as files that exist in memory alone. Only those a person asked for, in this window, can be
 * read; nothing is written to a disk, and after a reload they must be asked for again.
 */
export class AssociatedImages implements FileSystemProvider {
  private readonly granted = new Map<string, { readonly pixels: Uint8Array; readonly since: number }>();
  private readonly changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;

  static readonly scheme = scheme;

  /** The address of an image a person agreed to see; it lives until its tab is closed. @param pixels JPEG. */
  grant(path: string, name: string, pixels: Uint8Array): Uri {
    const uri = Uri.from({ scheme, path: `${path}/${name}.jpg` });
    this.granted.set(uri.path, { pixels, since: Date.now() });
    return uri;
  }

  /** Forgets the images whose tabs are closed. */
  forgetClosed(): Disposable {
    return window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const { input } of closed) if (input instanceof TabInputCustom && input.uri.scheme === scheme) this.granted.delete(input.uri.path);
    });
  }

  readFile(uri: Uri): Uint8Array {
    return this.find(uri).pixels;
  }

  // The image viewer shows nothing of a file that claims to be empty.
  stat(uri: Uri): FileStat {
    const { pixels, since } = this.find(uri);
    return { type: FileType.File, ctime: since, mtime: since, size: pixels.length };
  }

  watch(): Disposable {
    return new Disposable(() => undefined);
  }

  readDirectory(): never {
    throw FileSystemError.NoPermissions();
  }

  createDirectory(): never {
    throw FileSystemError.NoPermissions();
  }

  writeFile(): never {
    throw FileSystemError.NoPermissions();
  }

  delete(): never {
    throw FileSystemError.NoPermissions();
  }

  rename(): never {
    throw FileSystemError.NoPermissions();
  }

  // The image viewer adds a query of its own.
  private find(uri: Uri): { readonly pixels: Uint8Array; readonly since: number } {
    const found = this.granted.get(uri.path);
    if (!found) throw FileSystemError.FileNotFound(uri);
    return found;
  }
}
