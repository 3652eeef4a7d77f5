import { window, type WebviewPanel } from 'vscode';
import type { DashboardState } from '../../shared/rpc/views/dashboard.js';
import type { RankingState } from '../../shared/rpc/views/ranking.js';
import type { GalleryState } from '../../shared/rpc/views/gallery.js';
import type { SlideState } from '../../shared/rpc/views/slide.js';
import type { Session } from '../session.js';
import { dashboardType, fillDashboard } from './dashboard.js';
import { negativesPanel, negativesView } from './negatives.js';
import { fillRanking, rankingType } from './ranking.js';
import { fillGallery, galleryType } from './gallery.js';
import { fillSlide, slideType } from './slide.js';

/** Panels come back after a reload with the state their view kept. */
export function registerPanels(session: Session): void {
  const restore = <State>(type: string, fill: (session: Session, panel: WebviewPanel, state: State) => void): void => {
    session.context.subscriptions.push(window.registerWebviewPanelSerializer(type, { deserializeWebviewPanel: async (panel, state: State) => fill(session, panel, state) }));
  };
  restore<DashboardState>(dashboardType, fillDashboard);
  restore<RankingState | undefined>(rankingType, fillRanking);
  restore<GalleryState>(galleryType, fillGallery);
  restore<SlideState>(slideType, fillSlide);
  session.context.subscriptions.push(negativesPanel(session), window.registerWebviewViewProvider(negativesView, negativesPanel(session)));
}
