import type { SlideHost, SlideView } from '../../src/shared/rpc/views/slide.js';
import { connectHost } from '../shared/host.js';
import { show } from './model.js';

/** The extension, as this view sees it. */
export const host = connectHost<SlideHost, SlideView>({ show });
