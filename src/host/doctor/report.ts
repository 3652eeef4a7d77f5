import type { EngineInfo } from '../../engine/index.js';

/** What `mil doctor` finds; its JSON form is this object. Bytes, unless a name says otherwise. */
export interface DoctorReport {
  readonly machine: MachineReport;
  readonly packages: readonly PackageReport[];
  readonly openslide: LibraryReport;
  readonly openjpeg: LibraryReport;
  readonly gpus: readonly string[];
  readonly engines: readonly EngineReport[];
  /** What `auto` opens here. */
  readonly auto: EngineReport;
  /** What to do, the most pressing first; empty where all is well. */
  readonly advice: readonly string[];
}

export interface MachineReport {
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  /** Cores this process may use. */
  readonly cores: number;
  readonly memory: { readonly total: number; readonly free: number };
  /** Of the file system that holds the working directory. */
  readonly disk: { readonly folder: string; readonly free: number };
}

export interface PackageReport {
  readonly name: string;
  readonly purpose: string;
  /** Absent where it does not load. */
  readonly version?: string;
  readonly problem?: string;
}

/** A library of this machine that reads further formats of slides, or reads them faster; nothing else needs it. */
export interface LibraryReport {
  /** Absent where there is none. */
  readonly version?: string;
  readonly file?: string;
  readonly problem?: string;
  readonly remedy?: string;
}

export interface EngineReport {
  readonly kind: EngineInfo['kind'] | 'auto';
  /** `cpu`, `webgpu`, `cuda`. */
  readonly device: string;
  readonly loads: boolean;
  readonly version?: string;
  readonly threads?: number;
  /** Of products of 512 × 512 matrices, in GFLOP/s. */
  readonly gigaflops?: number;
  /** Why it runs as it does, e.g. on one thread. */
  readonly reason?: string;
  readonly problem?: string;
  readonly remedy?: string;
}
