const firstRoom = 64;

/** A table of numbers that grows: one typed array a column, NaN where a row has none. */
export class NumberTable<Name extends string = string> {
  private store: Float64Array[];
  private readonly places: ReadonlyMap<string, number>;
  private count = 0;

  constructor(readonly names: readonly Name[]) {
    this.places = new Map(names.map((name, i) => [name, i]));
    this.store = names.map(() => new Float64Array(firstRoom));
  }

  get rows(): number {
    return this.count;
  }

  /** A column as it is now: valid until the next row comes. */
  column(name: Name): Float64Array {
    return this.store[this.places.get(name)!]!.subarray(0, this.count);
  }

  /** A number; NaN where there is no such column. */
  at(name: string, row: number): number {
    return this.store[this.places.get(name) ?? -1]?.[row] ?? NaN;
  }

  has(name: string): boolean {
    return this.places.has(name);
  }

  /** Forgets all but the first `rows` rows. */
  cut(rows: number): void {
    this.count = Math.min(rows, this.count);
  }

  /** @param row one number a column, in their order. */
  push(row: readonly number[]): void {
    this.makeRoom(this.count + 1);
    for (let i = 0; i < this.store.length; i++) this.store[i]![this.count] = row[i] ?? NaN;
    this.count++;
  }

  /** Adds rows given column after column, as `pack` gives them. */
  append(packed: Float64Array): void {
    const rows = packed.length / this.names.length;
    this.makeRoom(this.count + rows);
    for (const [i, column] of this.store.entries()) column.set(packed.subarray(i * rows, (i + 1) * rows), this.count);
    this.count += rows;
  }

  /** The rows from `from` up to `to` in one array, column after column. */
  pack(from: number, to: number): Float64Array {
    const packed = new Float64Array((to - from) * this.names.length);
    for (const [i, column] of this.store.entries()) packed.set(column.subarray(from, to), i * (to - from));
    return packed;
  }

  private makeRoom(rows: number): void {
    const room = this.store[0]!.length;
    if (rows <= room) return;
    const next = Math.max(rows, 2 * room);
    this.store = this.store.map((column) => {
      const larger = new Float64Array(next);
      larger.set(column.subarray(0, this.count));
      return larger;
    });
  }
}
