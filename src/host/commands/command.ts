import { Command, InvalidArgumentError } from 'commander';

/** Makes a command; `exit` takes its exit code where that is not 0. */
export type CommandMaker = (exit: (code: number) => void) => Command;

/** A command with its one-line meaning and examples of its use. */
export function command(name: string, summary: string, examples: readonly string[]): Command {
  return new Command(name).description(summary).addHelpText('after', ['', 'Examples:', ...examples.map((example) => `  $ ${example}`)].join('\n'));
}

/** An option's value as a whole number of at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least) throw new InvalidArgumentError(`Give a whole number of at least ${least}.`);
    return value;
  };
}

/** An option's value as a seed: any whole number. */
export function seedNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError('Give a whole number.');
  return value;
}

/** An option's value as a number above 0. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('Give a number above 0.');
  return value;
}

/** An option's value as a number. */
export function anyNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('Give a number.');
  return value;
}
