/**
 * What `source` yields, in its order, made ahead of its use: while one item is used, up to `most` more are prepared. What
 * `source` throws is thrown in its turn.
 */
export async function* readAhead<T>(source: AsyncGenerator<T>, most: number): AsyncGenerator<T> {
  const ask = (): Promise<IteratorResult<T>> => {
    const item = source.next();
    // It is awaited in its turn; until then, failing must not count as unhandled.
    item.catch(() => undefined);
    return item;
  };
  // An async generator answers one request after the other, so that asking ahead makes a queue.
  const asked = Array.from({ length: most }, ask);
  try {
    for (;;) {
      const { done, value } = await asked.shift()!;
      if (done) return;
      asked.push(ask());
      yield value;
    }
  } finally {
    await source.return(undefined);
  }
}
