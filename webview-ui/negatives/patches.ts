import { verdictsOf } from '../../src/shared/judgements/match.js';
import type { StandingJudgements } from '../../src/shared/rpc/views/negatives.js';
import { changes, type BankPatches, type TriedSelection } from '../../src/shared/rpc/banks.js';

/** What a patch is to the bank; beyond what the run says, what tried options would do. */
export const standings = [...changes, 'enters', 'leaves'] as const;
export type Standing = (typeof standings)[number];

/** The patches a person browses, in columns: the bank, and what tried options would bring in. */
export interface Patches extends Omit<BankPatches, 'change'> {
  /** Positions in `standings`. */
  readonly standing: Uint8Array;
  /** Positions in `verdicts`. */
  readonly verdict: Uint8Array;
}

type Columns = Omit<Patches, 'verdict'>;

/** The bank, with the patches that tried options would bring in behind it, and those that they would drop marked. */
export function withTried(bank: BankPatches, tried: TriedSelection | undefined): Columns {
  const { change, ...columns } = bank;
  if (!tried) return { ...columns, standing: change };
  const { entering } = tried;
  // A dropped patch that would come back stands in both; it is shown as what it would be.
  const returning = new Set(entering.row);
  const leaving = new Set(tried.leaving);
  const own = Int32Array.from(bank.row.keys()).filter((place) => !returning.has(bank.row[place]!));
  return {
    slides: bank.slides,
    row: join(pick(bank.row, own), entering.row),
    slideOf: join(pick(bank.slideOf, own), entering.slideOf),
    x: join(pick(bank.x, own), entering.x),
    y: join(pick(bank.y, own), entering.y),
    size: join(pick(bank.size, own), entering.size),
    score: join(pick(bank.score, own), entering.score),
    rank: join(pick(bank.rank, own), entering.rank),
    role: join(pick(bank.role, own), entering.role),
    standing: join(
      Uint8Array.from(own, (place) => (leaving.has(bank.row[place]!) ? standings.indexOf('leaves') : change[place]!)),
      new Uint8Array(entering.row.length).fill(standings.indexOf('enters')),
    ),
  };
}

/** The patches with what people said of them. */
export function withVerdicts(patches: Columns, { standing }: StandingJudgements): Patches {
  return { ...patches, verdict: verdictsOf(patches, patches.slides, standing) };
}

type Column = Int32Array | Float32Array | Float64Array | Uint8Array;

function pick<C extends Column>(column: C, places: Int32Array): C {
  const picked = column.slice(0, places.length) as C;
  for (let i = 0; i < places.length; i++) picked[i] = column[places[i]!]!;
  return picked;
}

function join<C extends Column>(first: C, second: C): C {
  const joined = new (first.constructor as new (length: number) => C)(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
