import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { moveBy } from './move.js';
import { useRows, useWidth } from './rows.js';
import './grid.css';

export interface VirtualGridProps {
  /** What the grid holds, for screen readers. */
  readonly label: string;
  readonly count: number;
  /** Least width of a cell, px; cells share what is left of the row. */
  readonly cellWidth: number;
  /** Height of a cell beyond the square that its width makes, px. */
  readonly captionHeight: number;
  /** The cell that is selected and in the tab order. */
  readonly current: number;
  /** Counts up when somebody else wants the selected cell in sight and focused. */
  readonly focusCalls: number;
  /** A key or the pointer chose another cell. */
  onChoose(index: number): void;
  /** A key that does not move, pressed on a cell. @returns whether it meant something. */
  onKey(event: KeyboardEvent, index: number): boolean;
  onDoubleClick(index: number): void;
  /** The cells in sight, and a few more, have changed. */
  onVisible(first: number, last: number): void;
  /** What a screen reader says of a cell, in place of what is drawn in it. */
  describeCell(index: number): string;
  renderCell(index: number): ComponentChildren;
}

const gap = 6;

/**
 * A grid of any number of equal cells of which only those near the view are in the document. Arrow, page,
 * Home and End keys move through it; the selected cell keeps its place in the tab order wherever one scrolls.
 */
export function VirtualGrid(props: VirtualGridProps) {
  const { label, count, cellWidth, captionHeight, current } = props;
  const element = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const focused = useRef<Element | null>(null);
  const width = useWidth(element);
  const columns = Math.max(1, Math.floor((width + gap) / (cellWidth + gap)));
  const cellHeight = Math.max(cellWidth, Math.floor((width + gap) / columns) - gap) + captionHeight;
  const rows = Math.ceil(count / columns);
  const currentRow = Math.floor(current / columns);
  const virtualizer = useRows(element, rows, cellHeight + gap, currentRow);
  const items = virtualizer.getVirtualItems();
  const { startIndex = 0, endIndex = -1 } = virtualizer.range ?? {};

  useEffect(() => {
    if (count > 0 && endIndex >= startIndex) props.onVisible(startIndex * columns, Math.min(count, (endIndex + 1) * columns) - 1);
  });
  const goTo = (index: number): void => {
    wantsFocus.current = true;
    virtualizer.scrollToIndex(Math.floor(index / columns), { align: 'auto' });
  };
  useLayoutEffect(() => {
    if (props.focusCalls > 0) goTo(current);
  }, [props.focusCalls]);
  useLayoutEffect(() => {
    // A cell that went away under the focus, with the patch it showed, leaves it to the one selected now.
    const orphaned = focused.current?.isConnected === false && document.hasFocus() && document.activeElement === document.body;
    if (!wantsFocus.current && !orphaned) return;
    // Before the first measure, and while it scrolls there, the cell is not in the document yet.
    const cell = element.current?.querySelector<HTMLElement>(`[data-index="${current}"]`);
    if (!cell) return;
    wantsFocus.current = false;
    cell.focus({ preventScroll: true });
  });

  const choose = (index: number): void => {
    goTo(index);
    props.onChoose(index);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const index = indexOf(event.target);
    if (index === undefined) return;
    const pageRows = Math.floor((element.current?.clientHeight ?? 0) / (cellHeight + gap));
    const next = event.altKey || event.metaKey ? undefined : moveBy(event.key, index, { count, columns, pageRows });
    if (next !== undefined) choose(next);
    else if (!props.onKey(event, index)) return;
    event.preventDefault();
  };

  return (
    <div
      class="grid"
      ref={element}
      role="grid"
      aria-label={label}
      aria-rowcount={rows}
      aria-colcount={columns}
      onKeyDown={onKeyDown}
      onFocusIn={({ target }) => (focused.current = target as Element)}
      onClick={({ target }) => act(target, choose)}
      onDblClick={({ target }) => act(target, props.onDoubleClick)}
    >
      <div class="grid-canvas" role="presentation" style={{ height: `${virtualizer.getTotalSize()}px` }}>
        {items.map(({ index: row, start }) => (
          <div class="grid-row" role="row" aria-rowindex={row + 1} key={row} style={{ transform: `translateY(${start}px)`, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, height: `${cellHeight}px` }}>
            {cellsOf(row, columns, count).map((index) => (
              <div class="grid-cell" role="gridcell" key={index} data-index={index} aria-colindex={(index % columns) + 1} aria-selected={index === current} tabIndex={index === current ? 0 : -1}>
                <span class="visually-hidden">{props.describeCell(index)}</span>
                <div aria-hidden="true">{props.renderCell(index)}</div>
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

function cellsOf(row: number, columns: number, count: number): number[] {
  return Array.from({ length: Math.min(columns, count - row * columns) }, (_, column) => row * columns + column);
}

function indexOf(target: EventTarget | null): number | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return cell ? Number(cell.dataset.index) : undefined;
}

function act(target: EventTarget | null, what: (index: number) => void): void {
  const index = indexOf(target);
  if (index !== undefined) what(index);
}
