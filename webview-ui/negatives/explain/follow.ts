import { signal } from '@preact/signals';
import type { ExplainService, Explanation, NeighboursAnswer } from '../../../src/shared/rpc/explain.js';

/** Who goes through patches by keys rests on one for so long before it is explained, ms. */
const rest = 150;

/** A train patch of a round. */
export interface Explained {
  readonly run: string;
  readonly round: number;
  readonly row: number;
}

type Asked = { readonly [Name in keyof ExplainService]: (...args: Parameters<ExplainService[Name]>) => Promise<Awaited<ReturnType<ExplainService[Name]>>> };

/** Asks why the patch that is shown was mined: its scores and influence at once, then, as they come, its neighbours. */
export class Follower {
  readonly explanation = signal<Explanation | undefined>(undefined);
  readonly neighbours = signal<NeighboursAnswer | undefined>(undefined);
  /** Why something cannot be told. */
  readonly problem = signal<string | undefined>(undefined);
  private shown: Explained | undefined;
  private resting: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: Asked) {}

  /** Turns to a patch; whatever is still under way of another is not heeded. */
  show(patch: Explained): void {
    this.turnTo(patch);
    this.resting = setTimeout(() => void this.ask(patch), rest);
  }

  /** Nobody looks any longer: features are no longer computed. */
  leave(): void {
    this.turnTo(undefined);
    void this.host.leaveNeighbours();
  }

  private turnTo(patch: Explained | undefined): void {
    clearTimeout(this.resting);
    this.shown = patch;
    this.explanation.value = this.neighbours.value = this.problem.value = undefined;
  }

  private async ask(patch: Explained): Promise<void> {
    const { run, round, row } = patch;
    try {
      const explanation = await this.host.explainPatch(run, round, row);
      if (this.shown !== patch) return;
      this.explanation.value = explanation;
      for (let found = false; !found; ) {
        const answer = await this.host.patchNeighbours(run, round, row);
        if (this.shown !== patch) return;
        this.neighbours.value = answer;
        found = 'found' in answer;
      }
    } catch (error) {
      if (this.shown === patch) this.problem.value = error instanceof Error ? error.message : String(error);
    }
  }
}
