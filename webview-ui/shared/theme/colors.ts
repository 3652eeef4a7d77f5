import { signal, type ReadonlySignal } from '@preact/signals';

/** How VS Code draws: its two high-contrast kinds want outlines where others tint. */
export type ThemeKind = 'light' | 'dark' | 'high-contrast' | 'high-contrast-light';

/** Colours for what CSS does not reach: canvases and charts. Every one is a CSS colour. */
export interface ThemeColors {
  readonly kind: ThemeKind;
  readonly background: string;
  readonly foreground: string;
  /** Of captions and ticks; readable on the background. */
  readonly description: string;
  readonly border: string;
  /** Lines of a grid, fainter than borders. */
  readonly grid: string;
  readonly focus: string;
  readonly selection: string;
  readonly error: string;
  readonly warning: string;
  readonly font: string;
  /** Font size, px. */
  readonly fontSize: number;
  readonly charts: ChartColors;
}

export interface ChartColors {
  readonly blue: string;
  readonly orange: string;
  readonly green: string;
  readonly purple: string;
  readonly red: string;
  readonly yellow: string;
  /** The same, in the order series take them: neighbours differ in hue and lightness. */
  readonly series: readonly string[];
}

const colors = signal(readColors());

/** Colours of the theme, read anew when the theme changes: whoever draws a canvas draws again then. */
export const themeColors: ReadonlySignal<ThemeColors> = colors;

// VS Code tells a change by the style of <html> and the class of <body>, not by an event.
const observer = new MutationObserver(() => {
  const next = readColors();
  if (JSON.stringify(next) !== JSON.stringify(colors.peek())) colors.value = next;
});
observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
observer.observe(document.body, { attributes: true, attributeFilter: ['style', 'class', 'data-vscode-theme-id'] });

function readColors(): ThemeColors {
  const style = getComputedStyle(document.documentElement);
  const read = (...names: readonly string[]): string => names.map((name) => style.getPropertyValue(`--vscode-${name}`).trim()).find((value) => value !== '') ?? '';
  const kind = kindOf(document.body.classList);
  const foreground = read('editor-foreground', 'foreground');
  const series = {
    blue: read('charts-blue', 'foreground'),
    // charts-orange is no help: see-through in the modern themes, and not there in high contrast.
    orange: read('symbolIcon-classForeground', 'charts-yellow', 'foreground'),
    green: read('charts-green', 'foreground'),
    purple: read('charts-purple', 'foreground'),
    red: read('charts-red', 'foreground'),
    yellow: read('charts-yellow', 'foreground'),
  };
  const highContrast = kind.startsWith('high-contrast');
  return {
    kind,
    background: read('editor-background'),
    foreground,
    description: highContrast ? foreground : read('descriptionForeground', 'foreground'),
    border: read('contrastBorder', 'panel-border', 'widget-border', 'charts-lines'),
    grid: highContrast ? read('contrastBorder') : read('editorIndentGuide-background1', 'widget-border', 'charts-lines'),
    focus: read('focusBorder'),
    selection: read('list-activeSelectionBackground', 'focusBorder'),
    error: read('errorForeground', 'foreground'),
    warning: read('editorWarning-foreground', 'foreground'),
    font: read('font-family') || 'sans-serif',
    fontSize: Number.parseFloat(read('font-size')) || 13,
    charts: { ...series, series: [series.blue, series.orange, series.green, series.purple, series.red, series.yellow] },
  };
}

function kindOf(classes: DOMTokenList): ThemeKind {
  if (classes.contains('vscode-high-contrast-light')) return 'high-contrast-light';
  if (classes.contains('vscode-high-contrast')) return 'high-contrast';
  return classes.contains('vscode-light') ? 'light' : 'dark';
}
