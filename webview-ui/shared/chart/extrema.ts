import { NumberTable } from '../../../src/shared/run/columns.js';

/** Values a block holds, and blocks a block of the next level holds. */
const fanOut = 16;

/** Least and greatest values of blocks of a growing column, and of blocks of those: any stretch of a million values is known after some hundred. */
export class Extrema {
  private readonly levels: NumberTable<'min' | 'max'>[] = [];

  /** Takes in what the column gained. Only whole blocks are kept: the rest is looked at when asked. */
  extend(column: Float64Array): void {
    this.fill(0, column, column);
    for (let level = 1; this.levels[level - 1]!.rows >= fanOut; level++) {
      const below = this.levels[level - 1]!;
      this.fill(level, below.column('min'), below.column('max'));
    }
  }

  /** The least and the greatest of `column` in [from, to); infinite, and the wrong way round, where nothing is defined. */
  within(column: Float64Array, from: number, to: number): readonly [min: number, max: number] {
    let [min, max] = [Infinity, -Infinity];
    let [mins, maxs] = [column, column];
    const take = (at: number): void => {
      if (mins[at]! < min) min = mins[at]!;
      if (maxs[at]! > max) max = maxs[at]!;
    };
    for (let level = 0; from < to; level++) {
      const above = this.levels[level];
      const [firstWhole, lastWhole] = [Math.ceil(from / fanOut), Math.floor(to / fanOut)];
      if (!above || firstWhole >= lastWhole || lastWhole > above.rows) {
        for (let at = from; at < to; at++) take(at);
        break;
      }
      for (let at = from; at < firstWhole * fanOut; at++) take(at);
      for (let at = lastWhole * fanOut; at < to; at++) take(at);
      [from, to, mins, maxs] = [firstWhole, lastWhole, above.column('min'), above.column('max')];
    }
    return [min, max];
  }

  private fill(level: number, mins: Float64Array, maxs: Float64Array): void {
    const blocks = (this.levels[level] ??= new NumberTable(['min', 'max']));
    for (let block = blocks.rows; (block + 1) * fanOut <= mins.length; block++) {
      let [min, max] = [Infinity, -Infinity];
      for (let at = block * fanOut; at < (block + 1) * fanOut; at++) {
        if (mins[at]! < min) min = mins[at]!;
        if (maxs[at]! > max) max = maxs[at]!;
      }
      blocks.push([min, max]);
    }
  }
}
