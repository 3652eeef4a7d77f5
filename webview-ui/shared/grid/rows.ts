import { defaultRangeExtractor, elementScroll, observeElementOffset, Virtualizer } from '@tanstack/virtual-core';
import { useLayoutEffect, useReducer, useState } from 'preact/hooks';

/** Rows drawn beyond those in sight, so that a quick scroll shows cells, not holes. */
const overscan = 3;

/** Inner width of an element, px; 0 before it is drawn. */
export function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    // Without the padding that keeps focus outlines whole.
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

/** Rows of `size` px of which only those near the view are drawn, and always the row `kept`. */
export function useRows(element: { readonly current: HTMLElement | null }, count: number, size: number, kept: number): Virtualizer<HTMLElement, HTMLElement> {
  const [, draw] = useReducer<number, undefined>((drawn) => drawn + 1, 0);
  const options = {
    count,
    overscan,
    getScrollElement: () => element.current,
    estimateSize: () => size,
    scrollToFn: elementScroll,
    observeElementRect: observeInnerRect,
    observeElementOffset,
    // The selected row stays in the document, or Tab would not find back into the grid.
    rangeExtractor: (range: Parameters<typeof defaultRangeExtractor>[0]) => {
      const rows = defaultRangeExtractor(range);
      return kept >= range.count || rows.includes(kept) ? rows : [...rows, kept].sort((a, b) => a - b);
    },
    onChange: () => draw(undefined),
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, size]);
  return virtualizer;
}

function observeInnerRect({ scrollElement }: Virtualizer<HTMLElement, HTMLElement>, tell: (rect: { width: number; height: number }) => void): (() => void) | undefined {
  if (!scrollElement) return undefined;
  const observer = new ResizeObserver(() => tell({ width: scrollElement.clientWidth, height: scrollElement.clientHeight }));
  observer.observe(scrollElement);
  return () => observer.disconnect();
}
