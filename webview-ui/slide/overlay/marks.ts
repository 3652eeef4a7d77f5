import type { Layer, PatchPlace } from '../../../src/shared/rpc/views/slide.js';
import { verdicts, type Verdict } from '../../../src/shared/judgements/verdicts.js';
import type { JudgedPlaces, Outlines, SlidePatches, SlideTruth } from '../../../src/shared/rpc/slides.js';
import { roles } from '../../../src/shared/run/tables.js';
import type { Placement } from '../../shared/viewer/slide-viewer.js';

/** What may be marked on a slide; what is missing is not drawn. */
export interface Marked {
  readonly patches: SlidePatches | undefined;
  readonly tissue: Path2D | undefined;
  readonly truth: { readonly areas: Path2D; readonly points: Float64Array } | undefined;
  readonly judged: JudgedPlaces | undefined;
  readonly selected: PatchPlace | undefined;
}

/** Colours of the theme for marks; each is drawn on a halo, for slides are pale and themes may not be. */
export interface MarkColors {
  readonly halo: string;
  readonly grid: string;
  readonly tissue: string;
  readonly truth: string;
  readonly judged: string;
  readonly hardNegative: string;
  readonly positive: string;
  readonly selected: string;
}

/** Patches smaller than this on the screen, CSS pixels, are too small for lines around each. */
export const smallestGrid = 8;
/** Mined patches smaller than this get a dot, larger ones a square with a sign. */
const smallestSign = 10;

/** Radius of a judgement's badge, CSS pixels. */
const badge = 8;
/** What stands in the badge of a judgement; the legend explains it. */
export const verdictSigns: Readonly<Record<Verdict, string>> = { none: '', 'confirmed-negative': '✓', mislabelled: '!', artefact: '~' };

/** Outlines as one path in level-0 pixels. */
export function pathOf({ points, starts }: Outlines): Path2D {
  const path = new Path2D();
  for (let ring = 0; ring + 1 < starts.length; ring++) {
    for (let i = starts[ring]; i < starts[ring + 1]; i++) path.lineTo(points[2 * i], points[2 * i + 1]);
    path.closePath();
    if (ring + 2 < starts.length) path.moveTo(points[2 * starts[ring + 1]], points[2 * starts[ring + 1] + 1]);
  }
  return path;
}

export function truthPaths({ areas, points }: SlideTruth): { readonly areas: Path2D; readonly points: Float64Array } {
  return { areas: pathOf(areas), points };
}

/** Draws the marks of the chosen layers. The context is cleared and scaled to CSS pixels. @param size of the canvas, CSS pixels. */
export function drawMarks(context: CanvasRenderingContext2D, size: { readonly width: number; readonly height: number }, place: Placement, layers: readonly Layer[], marked: Marked, colors: MarkColors): void {
  const { patches, tissue, truth, judged, selected } = marked;
  if (patches && layers.includes('grid')) drawGrid(context, size, place, patches, colors.grid);
  if (tissue && layers.includes('tissue')) strokePath(context, tissue, place, colors.tissue, colors.halo, []);
  if (truth && layers.includes('truth')) {
    strokePath(context, truth.areas, place, colors.truth, colors.halo, [6, 4]);
    drawPoints(context, size, place, truth.points, colors);
  }
  if (patches && layers.includes('mined')) drawMined(context, size, place, patches, colors);
  if (judged && layers.includes('judgements')) drawJudged(context, size, place, judged, colors);
  if (selected) outline(context, square(place, selected), colors.selected, colors.halo, 3);
}

interface Square {
  readonly left: number;
  readonly top: number;
  readonly edge: number;
}

function square({ left, top, scale }: Placement, { x, y, size }: PatchPlace): Square {
  return { left: left + x * scale, top: top + y * scale, edge: size * scale };
}

function* inSight({ x, y, size }: SlidePatches, place: Placement, { width, height }: { readonly width: number; readonly height: number }, choose: (i: number) => boolean): Generator<readonly [number, Square]> {
  for (let i = 0; i < x.length; i++) {
    if (!choose(i)) continue;
    const at = square(place, { x: x[i], y: y[i], size: size[i] });
    if (at.left < width && at.top < height && at.left + at.edge > 0 && at.top + at.edge > 0) yield [i, at];
  }
}

function drawGrid(context: CanvasRenderingContext2D, size: { readonly width: number; readonly height: number }, place: Placement, patches: SlidePatches, color: string): void {
  if (patches.size[0] * place.scale < smallestGrid) return;
  context.beginPath();
  for (const [, { left, top, edge }] of inSight(patches, place, size, () => true)) context.rect(left, top, edge, edge);
  context.strokeStyle = color;
  context.globalAlpha = 0.6;
  context.lineWidth = 1;
  context.stroke();
  context.globalAlpha = 1;
}

/** Hard negatives carry a cross, positives a plus: told apart without colour. */
function drawMined(context: CanvasRenderingContext2D, size: { readonly width: number; readonly height: number }, place: Placement, patches: SlidePatches, colors: MarkColors): void {
  for (const role of ['hard-negative', 'positive'] as const) {
    const wanted = roles.indexOf(role);
    const color = role === 'positive' ? colors.positive : colors.hardNegative;
    for (const [, at] of inSight(patches, place, size, (i) => patches.role[i] === wanted)) {
      if (at.edge < smallestSign) dot(context, at, color, colors.halo);
      else {
        outline(context, at, color, colors.halo, 1.5);
        sign(context, at, role === 'positive', color, colors.halo);
      }
    }
  }
}

/** A badge for each judgement, in the right upper corner of its place. */
function drawJudged(context: CanvasRenderingContext2D, { width, height }: { readonly width: number; readonly height: number }, place: Placement, { x, y, size, verdict }: JudgedPlaces, colors: MarkColors): void {
  context.font = 'bold 13px sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let i = 0; i < x.length; i++) {
    const { left, top, edge } = square(place, { x: x[i], y: y[i], size: size[i] });
    if (left > width || top > height || left + edge < 0 || top + edge < 0) continue;
    const [cx, cy] = edge < 3 * badge ? [left + edge / 2, top + edge / 2] : [left + edge - badge - 2, top + badge + 2];
    context.fillStyle = colors.halo;
    context.strokeStyle = colors.judged;
    context.lineWidth = 1;
    context.beginPath();
    context.arc(cx, cy, badge, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
    context.fillStyle = colors.judged;
    context.fillText(verdictSigns[verdicts[verdict[i]]], cx, cy + 1);
  }
}

function outline(context: CanvasRenderingContext2D, { left, top, edge }: Square, color: string, halo: string, width: number): void {
  context.setLineDash([]);
  for (const [style, line] of [[halo, width + 2], [color, width]] as const) {
    context.strokeStyle = style;
    context.lineWidth = line;
    context.strokeRect(left, top, edge, edge);
  }
}

function sign(context: CanvasRenderingContext2D, { left, top, edge }: Square, plus: boolean, color: string, halo: string): void {
  const arm = Math.min(5, edge / 4);
  const [x, y] = [left + arm + 3, top + arm + 3];
  context.beginPath();
  if (plus) {
    context.moveTo(x - arm, y);
    context.lineTo(x + arm, y);
    context.moveTo(x, y - arm);
    context.lineTo(x, y + arm);
  } else {
    const reach = arm * 0.8;
    context.moveTo(x - reach, y - reach);
    context.lineTo(x + reach, y + reach);
    context.moveTo(x + reach, y - reach);
    context.lineTo(x - reach, y + reach);
  }
  for (const [style, line] of [[halo, 4], [color, 2]] as const) {
    context.strokeStyle = style;
    context.lineWidth = line;
    context.stroke();
  }
}

function dot(context: CanvasRenderingContext2D, { left, top, edge }: Square, color: string, halo: string): void {
  const side = Math.max(3, edge);
  const [x, y] = [left + (edge - side) / 2, top + (edge - side) / 2];
  context.fillStyle = halo;
  context.fillRect(x - 1, y - 1, side + 2, side + 2);
  context.fillStyle = color;
  context.fillRect(x, y, side, side);
}

function drawPoints(context: CanvasRenderingContext2D, { width, height }: { readonly width: number; readonly height: number }, { left, top, scale }: Placement, points: Float64Array, { truth, halo }: MarkColors): void {
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [left + points[i] * scale, top + points[i + 1] * scale];
    if (x < -4 || y < -4 || x > width + 4 || y > height + 4) continue;
    for (const [style, radius] of [[halo, 4], [truth, 3]] as const) {
      context.fillStyle = style;
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fill();
    }
  }
}

function strokePath(context: CanvasRenderingContext2D, path: Path2D, { left, top, scale }: Placement, color: string, halo: string, dash: readonly number[]): void {
  context.save();
  context.translate(left, top);
  context.scale(scale, scale);
  for (const [style, line] of [[halo, 4], [color, 2]] as const) {
    context.setLineDash(dash.map((length) => length / scale));
    context.strokeStyle = style;
    context.lineWidth = line / scale;
    context.stroke(path);
  }
  context.restore();
}
