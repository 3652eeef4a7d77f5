import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { csvLine } from '../../../src/shared/csv.js';
import { t } from '../l10n.js';
import { SortableTable, type TableColumn } from '../table/sortable-table.js';
import { themeColors } from '../theme/colors.js';
import { BarPainter } from './bar-painter.js';
import { ChartFigure } from './chart-figure.js';
import { pictureOf } from './export.js';
import { Legend, type LegendItem } from './legend.js';
import { Readout } from './readout.js';
import { colorOf } from './series.js';
import { withKey, type ChartSettings } from './spec.js';

/** A part of the stacks, with its values by group and then by category; NaN where there is none. */
export interface BarPart extends LegendItem {
  readonly values: readonly (readonly number[])[];
}

/** A chart of stacked bars as its data: in each category a stack a group. */
export interface BarChartSpec {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly categories: readonly string[];
  readonly groups: readonly { readonly key: string; readonly label: string }[];
  readonly parts: readonly BarPart[];
  format(value: number): string;
}

/** Stacked bars that can be read, seen as a table, and saved. */
export function BarChart({ spec, settings }: { readonly spec: BarChartSpec; readonly settings: ChartSettings }) {
  const { id, title, parts } = spec;
  const hidden = settings.hidden.value;
  const asTable = settings.tables.value.has(id);
  const colors = themeColors.value;
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<BarPainter | undefined>(undefined);
  const category = useSignal<number | undefined>(undefined);
  useEffect(() => {
    if (asTable) return undefined;
    const own = (painter.current = new BarPainter(canvas.current!));
    return () => own.destroy();
  }, [asTable]);
  useEffect(() => {
    if (!asTable) painter.current?.paint(spec, hidden, colors);
  });
  const savePicture = async (): Promise<void> => settings.save(`${id}.png`, await pictureOf(canvas.current!, [title, ...settings.caption()], parts.map(({ label, style }) => ({ label, color: colorOf(style, colors), dash: [] })), colors));
  const actions = {
    asTable,
    showAsTable: (on: boolean): void => void (settings.tables.value = withKey(settings.tables.peek(), id, on)),
    savePicture: () => void savePicture(),
    saveCsv: () => settings.save(`${id}.csv`, csvOf(spec)),
  };
  const move = (event: KeyboardEvent): void => {
    const last = spec.categories.length - 1;
    const at = category.peek();
    const next = { ArrowRight: Math.min(last, (at ?? -1) + 1), ArrowLeft: Math.max(0, (at ?? last + 1) - 1), Home: 0, End: last }[event.key];
    if (event.key === 'Escape') category.value = undefined;
    if (next === undefined) return;
    event.preventDefault();
    category.value = next;
  };
  return (
    <ChartFigure id={id} title={title} note={spec.note} actions={actions}>
      <Legend items={parts} hidden={hidden} swatch="block" toggle={(key) => (settings.hidden.value = withKey(hidden, key, !hidden.has(key)))} />
      {asTable ? (
        <BarTable spec={spec} />
      ) : (
        <div
          class="plot"
          tabIndex={0}
          role="application"
          aria-roledescription="chart"
          aria-label={title}
          aria-describedby="chart-help"
          onKeyDown={move}
          onBlur={() => (category.value = undefined)}
          onPointerMove={(event) => (category.value = painter.current?.categoryAt(event.clientX - canvas.current!.getBoundingClientRect().left))}
          onPointerLeave={() => (category.value = undefined)}
        >
          <canvas ref={canvas} role="img" aria-label={summaryOf(spec)} />
          <CategoryReadout category={category} spec={spec} hidden={hidden} pixelAt={(at) => painter.current?.pixelAt(at) ?? 0} />
        </div>
      )}
    </ChartFigure>
  );
}

function CategoryReadout({ category, spec, hidden, pixelAt }: { readonly category: Signal<number | undefined>; readonly spec: BarChartSpec; readonly hidden: ReadonlySet<string>; pixelAt(category: number): number }) {
  const at = category.value;
  const name = at === undefined ? undefined : spec.categories[at];
  if (at === undefined || name === undefined) return null;
  const rows = spec.groups.flatMap((group, which) =>
    spec.parts.flatMap((part) => {
      const value = part.values[which]?.[at] ?? NaN;
      return hidden.has(part.key) || Number.isNaN(value) ? [] : [{ ...part, key: `${group.key}/${part.key}`, label: spec.groups.length > 1 ? `${group.label} · ${part.label}` : part.label, text: spec.format(Math.abs(value)) }];
    }),
  );
  return <Readout heading={`${spec.xLabel} ${name}`} rows={rows} left={pixelAt(at)} isRight={at >= spec.categories.length / 2} />;
}

interface BarRow {
  readonly group: number;
  readonly category: number;
}

function rowsOf({ groups, categories }: BarChartSpec): BarRow[] {
  return categories.flatMap((_, category) => groups.map((_, group) => ({ group, category })));
}

function BarTable({ spec }: { readonly spec: BarChartSpec }) {
  const { groups, categories, parts, xLabel, title, format } = spec;
  const columns: TableColumn<BarRow>[] = [
    { id: 'category', label: xLabel, value: ({ category }) => category, text: ({ category }) => categories[category] },
    ...(groups.length > 1 ? [{ id: 'group', label: t('Run'), value: ({ group }: BarRow) => groups[group]!.label }] : []),
    ...parts.map(({ key, label, values }) => {
      const valueOf = ({ group, category }: BarRow): number => Math.abs(values[group]?.[category] ?? NaN);
      return { id: key, label, numeric: true, value: valueOf, text: (row: BarRow) => (Number.isNaN(valueOf(row)) ? '' : format(valueOf(row))) };
    }),
  ];
  return <SortableTable caption={title} columns={columns} rows={rowsOf(spec)} keyOf={({ group, category }) => `${category}/${group}`} />;
}

function csvOf(spec: BarChartSpec): Uint8Array {
  const { groups, categories, parts, xLabel } = spec;
  const lines = rowsOf(spec).map(({ group, category }) => csvLine([categories[category]!, groups[group]!.label, ...parts.map(({ values }) => Math.abs(values[group]?.[category] ?? NaN))]));
  return new TextEncoder().encode([csvLine([xLabel, t('Run'), ...parts.map(({ label }) => label)]), ...lines].join(''));
}

function summaryOf({ title, categories, xLabel, parts, groups, format }: BarChartSpec): string {
  const last = categories.length - 1;
  const values = groups.flatMap((group, at) => parts.map(({ label, values }) => `${groups.length > 1 ? `${group.label} ` : ''}${label} ${format(Math.abs(values[at]?.[last] ?? 0))}`));
  return `${title}. ${last < 0 ? t('Nothing is shown.') : `${xLabel} ${categories[last]}: ${values.join(', ')}`}`;
}
