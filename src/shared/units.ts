/** Units used across the house. Coordinates are level-0 pixels unless a name says otherwise. */

/** Micrometres a level-0 pixel spans, along x and y. */
export interface Mpp {
  readonly x: number;
  readonly y: number;
}

/** A rectangle in level-0 pixels; x, y may be fractional, width and height are positive. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const kilo = 1024;

/** Bytes for people: `1.4 GB` (binary units, as `free -h` prints). */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let power = 0;
  while (bytes >= kilo && power < units.length - 1) {
    bytes /= kilo;
    power++;
  }
  return `${power === 0 ? bytes : bytes.toFixed(bytes < 10 ? 1 : 0)} ${units[power]}`;
}

/** Milliseconds for people: `830 ms`, `12.4 s`, `3 min 05 s`, `2 h 10 min`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(seconds / 3600)} h ${String(Math.floor((seconds % 3600) / 60)).padStart(2, '0')} min`;
}
