import { Disposable, EventEmitter, FileChangeType, FileSystemError, FileType, Uri, type FileChangeEvent, type FileStat, type FileSystemProvider } from 'vscode';
import type { Session } from '../session.js';

const scheme = 'mil-associated';

/**
 * Label and macro images as files that exist in memory alone. Only those a person asked for, in this window, can be
 * read; nothing is written to a disk, and after a reload they must be asked for again.
 */
export class AssociatedImages implements FileSystemProvider {
  private readonly granted = new Map<string, { readonly path: string; readonly name: string }>();
  private readonly changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;

  constructor(private readonly session: Session) {}

  static readonly scheme = scheme;

  /** The address of an image a person agreed to see. */
  grant(path: string, name: string): Uri {
    const uri = Uri.from({ scheme, path: `${path}/${name}.jpg` });
    this.granted.set(uri.toString(), { path, name });
    this.changed.fire([{ type: FileChangeType.Created, uri }]);
    return uri;
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    const { path, name } = this.find(uri);
    return this.session.service.calls.readAssociated(path, name);
  }

  stat(uri: Uri): FileStat {
    this.find(uri);
    return { type: FileType.File, ctime: 0, mtime: 0, size: 0 };
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

  private find(uri: Uri): { readonly path: string; readonly name: string } {
    const found = this.granted.get(uri.toString());
    if (!found) throw FileSystemError.FileNotFound(uri);
    return found;
  }
}
