type Listener = (...values: unknown[]) => void;

const events = ['uncaughtException', 'unhandledRejection'];

/**
 * Runs `load` and takes away the listeners for stray errors that it put on the process: the
 * compiled module rethrows every such error, which is the host's to decide.
 */
export async function withoutErrorListeners<T>(load: () => Promise<T>): Promise<T> {
  const before = new Map(events.map((event) => [event, new Set(listenersOf(event))]));
  try {
    return await load();
  } finally {
    for (const [event, kept] of before) {
      for (const listener of listenersOf(event)) if (!kept.has(listener)) process.removeListener(event, listener);
    }
  }
}

function listenersOf(event: string): Listener[] {
  return process.listeners(event as 'exit') as Listener[];
}
