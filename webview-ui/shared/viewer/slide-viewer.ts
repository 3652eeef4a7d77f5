import OpenSeadragon from 'openseadragon';
import type { Region } from '../../../src/shared/units.js';
import { pyramidOf } from '../../../src/shared/pyramid.js';
import { MessageTileSource, type TileSupply } from './tile-source.js';

/** Where level 0 lies on the screen: its origin and the length of one of its pixels, in CSS pixels. */
export interface Placement {
  readonly left: number;
  readonly top: number;
  readonly scale: number;
}

/** The most a level-0 pixel is enlarged, CSS pixels. */
const closest = 8;
/** A tile whose pixels are shown smaller than this, in device pixels, is finer than needed. */
const tooFine = 0.45;
const stillMotion = matchMedia('(prefers-reduced-motion: reduce)');

/** Deep zoom of one slide in an element, by OpenSeadragon; everything about places is said in level-0 pixels. */
export class SlideViewer {
  private readonly viewer: OpenSeadragon.Viewer;

  /** @param moved told on each frame in which the picture moved, after it was drawn. */
  constructor(
    element: HTMLElement,
    private readonly supply: Omit<TileSupply, 'wanted'>,
    private readonly on: { ready(): void; moved(): void },
  ) {
    this.viewer = OpenSeadragon({
      element,
      tileSources: [new MessageTileSource({ ...supply, wanted: (tile) => this.wanted(tile) })],
      // What the overlay is compared with to the pixel: OpenSeadragon's canvas drawer does no rounding of places.
      drawer: 'canvas',
      showNavigationControl: false,
      // The queue of the tile source limits what is loaded at once, and chooses better what comes next.
      imageLoaderLimit: 0,
      maxTilesPerFrame: 8,
      maxImageCacheCount: 400,
      timeout: 300_000,
      blendTime: 0,
      animationTime: stillMotion.matches ? 0 : 0.4,
      immediateRender: false,
      maxZoomPixelRatio: closest,
      minZoomImageRatio: 0.7,
      visibilityRatio: 0.3,
      constrainDuringPan: true,
      zoomPerScroll: 1.3,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: false, flickEnabled: !stillMotion.matches },
      gestureSettingsTouch: { clickToZoom: false, dblClickToZoom: false },
      gestureSettingsPen: { clickToZoom: false, dblClickToZoom: false },
    });
    this.viewer.addOnceHandler('open', () => this.on.ready());
    this.viewer.addHandler('update-viewport', () => this.on.moved());
    // Keys are the view's own: OpenSeadragon's would also turn and mirror the slide.
    this.viewer.addHandler('canvas-key', (event) => void (event.preventDefaultAction = true));
  }

  /** The element that takes focus, keys and the pointer. */
  get surface(): HTMLElement {
    return this.viewer.canvas as HTMLElement;
  }

  /** Where level 0 lies now, while it moves too. */
  placement(): Placement {
    const { viewport } = this.viewer;
    const origin = viewport.pixelFromPoint(new OpenSeadragon.Point(0, 0), true);
    return { left: origin.x, top: origin.y, scale: (viewport.getContainerSize().x * viewport.getZoom(true)) / this.supply.width };
  }

  /** What is in sight, also beyond the slide's edges. */
  sight(): Region {
    const { x, y, width, height } = this.viewer.viewport.getBounds(true);
    const unit = this.supply.width;
    return { x: x * unit, y: y * unit, width: width * unit, height: height * unit };
  }

  /** Brings a region into sight as a whole. @param at once without motion. */
  show({ x, y, width, height }: Region, immediately = stillMotion.matches): void {
    const unit = this.supply.width;
    this.viewer.viewport.fitBounds(new OpenSeadragon.Rect(x / unit, y / unit, width / unit, height / unit), immediately);
  }

  fit(): void {
    this.viewer.viewport.goHome(stillMotion.matches);
  }

  zoomBy(factor: number): void {
    const { viewport } = this.viewer;
    viewport.zoomBy(factor, undefined, stillMotion.matches);
    viewport.applyConstraints(stillMotion.matches);
  }

  /** Moves by shares of what is in sight. */
  panBy(columns: number, rows: number): void {
    const { viewport } = this.viewer;
    const { width, height } = viewport.getBounds(false);
    viewport.panBy(new OpenSeadragon.Point(columns * width, rows * height), stillMotion.matches);
    viewport.applyConstraints(stillMotion.matches);
  }

  destroy(): void {
    this.viewer.destroy();
  }

  private wanted({ level, bounds }: OpenSeadragon.Tile): boolean {
    const { viewport } = this.viewer;
    const { x, y, width, height } = viewport.getBounds(true);
    const seen = bounds.x < x + width && bounds.x + bounds.width > x && bounds.y < y + height && bounds.y + bounds.height > y;
    const { lastLevel } = pyramidOf(this.supply.width, this.supply.height);
    return seen && this.placement().scale * 2 ** (lastLevel - level) * devicePixelRatio >= tooFine;
  }
}
