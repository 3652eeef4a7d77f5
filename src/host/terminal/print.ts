/** One line for the reader: results and requested output. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** One line beside the output: progress notes, warnings and errors. */
export function note(line = ''): void {
  process.stderr.write(`${line}\n`);
}

/** A reader that closed its end (`mil tiles … | head`) is no reason to fail, least of all to end a training run. */
export function outliveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
