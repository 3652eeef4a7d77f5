import { batch } from '@preact/signals';
import type { Verdict } from '../../src/shared/judgements/verdicts.js';
import type { BankOverview, SelectionOptions } from '../../src/shared/rpc/banks.js';
import type { NegativesHost, NegativesState, NegativesView, PatchPlace } from '../../src/shared/rpc/views/negatives.js';
import { connectHost, givenState, keepState, keptState } from '../shared/host.js';
import { t } from '../shared/l10n.js';
import { announcement, bank, focusCalls, judgements, look, order, overview, patches, problem, selected, selectedRow, subject, trial, tried, usualLook, type KeptState, type Look } from './state.js';
import { factsOf, verdictWord, type PatchFacts } from './words.js';

/** How long a person must pause before tried options are asked about, ms. */
const trialPause = 120;

export const host = connectHost<NegativesHost, NegativesView>({
  show(next) {
    awaitsFocus = true;
    void showRun(next).then(takeFocus);
  },
  bankChanged: (next) => void followRounds(next),
  judgementsChanged(next) {
    judgements.value = next;
    if (trial.peek()) tryOptions(trial.peek());
  },
});

/** Somebody asked for this bank and has touched nothing since: the keys then belong to its patches. */
let awaitsFocus = false;

/** Begins with what the view showed before, or was opened with. */
export function begin(): void {
  const kept = keptState<KeptState>();
  const given = givenState<NegativesState>();
  look.value = { ...usualLook, ...kept.look };
  awaitsFocus = given.takesFocus === true;
  // The editor may hand over its focus before or after the patches are there.
  addEventListener('focus', takeFocus);
  addEventListener('pointerdown', () => (awaitsFocus = false));
  void showRun((given.at ?? 0) > (kept.at ?? 0) ? given : kept).then(takeFocus);
}

function takeFocus(): void {
  if (!awaitsFocus || !bank.peek() || !document.hasFocus()) return;
  awaitsFocus = false;
  focusCalls.value++;
}

/** Shows a run, its newest round where none is given. */
export async function showRun({ run, round }: NegativesState): Promise<void> {
  const same = run === subject.peek().run && overview.peek() !== undefined;
  batch(() => {
    subject.value = { ...(run === undefined ? {} : { run }), ...(round === undefined ? {} : { round }) };
    problem.value = undefined;
    trial.value = tried.value = undefined;
    if (!same) overview.value = bank.value = selectedRow.value = undefined;
  });
  keep();
  if (run === undefined) return;
  await attempt(async () => {
    const next = await host.watchBank(run);
    const said = await host.judgements(run);
    if (subject.peek().run !== run) return;
    overview.value = next;
    judgements.value = said;
    await readRound(round);
  });
}

/** Turns to a round of the run. */
export async function showRound(round: number): Promise<void> {
  subject.value = { ...subject.peek(), round };
  trial.value = tried.value = problem.value = undefined;
  keep();
  await attempt(() => readRound(round));
}

export function setLook(change: Partial<Look>): void {
  look.value = { ...look.peek(), ...change };
  keep();
}

/** What other options would select; undefined goes back to the bank as it is. */
export function tryOptions(options: SelectionOptions | undefined): void {
  trial.value = options;
  if (!options) tried.value = undefined;
  else setTimeout(() => void (trial.peek() === options && attempt(() => askTrial(options))), trialPause);
}

export function select(place: number): void {
  selectedRow.value = patches.peek()?.row[order.peek()[place] ?? -1];
}

/** The selected patch; undefined where none is shown. */
export function selectedPatch(): PatchFacts | undefined {
  const place = order.value[selected.value];
  return patches.value && place !== undefined ? factsOf(patches.value, place) : undefined;
}

/** Judges a patch. The file tells all windows, this one too, so what is shown is what is written. */
export async function judge(patch: PatchFacts, verdict: Verdict): Promise<void> {
  const { run } = subject.peek();
  const { slide, x, y, size } = patch;
  if (Number.isNaN(x)) return say(t('This patch has no place on its slide, so it cannot be judged.'));
  await attempt(async () => {
    await host.judge(run!, shownRound()!, { slide, x, y, size }, verdict);
    say(verdict === 'none' ? t('Judgement taken back') : t('Judged {0}', verdictWord(verdict)));
  });
}

export function openOnSlide({ slide, x, y, size }: PatchPlace): void {
  void host.openSlide(subject.peek().run!, shownRound()!, { slide, x, y, size });
}

/** The round that is shown; undefined before the first is complete. */
export function shownRound(): number | undefined {
  const rounds = overview.value?.rounds ?? [];
  const { round } = subject.value;
  return rounds.find((known) => known.round === round)?.round ?? rounds.at(-1)?.round;
}

/** Says something to screen readers; the same words twice are said twice. */
export function say(words: string): void {
  announcement.value = words === announcement.peek() ? `${words}\u00a0` : words;
}

async function readRound(round: number | undefined): Promise<void> {
  const { run } = subject.peek();
  const shown = shownRound();
  if (run === undefined || shown === undefined) return;
  const next = await host.readBank(run, shown);
  if (subject.peek().run !== run || subject.peek().round !== round) return;
  bank.value = next;
  say(t('Round {0}: {1} patches', shown, order.value.length));
}

async function askTrial(options: SelectionOptions): Promise<void> {
  const answer = await host.trySelection(subject.peek().run!, shownRound()!, options);
  if (trial.peek() !== options) return;
  tried.value = answer;
  say(t('{0} would enter, {1} would leave', answer.enter, answer.leaving.length));
}

/** A running run has a new round: who looks at the newest goes on with it. */
async function followRounds(next: BankOverview): Promise<void> {
  const following = subject.peek().round === undefined;
  overview.value = next;
  if (following) await attempt(() => readRound(undefined));
}

async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    problem.value = error instanceof Error ? error.message : String(error);
  }
}

function keep(): void {
  const state = { ...subject.peek(), at: Date.now() };
  keepState({ ...state, look: look.peek() } satisfies KeptState);
  void host.remember(state);
}
