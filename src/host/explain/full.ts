import { messageOf } from '../../shared/errors.js';
import type { FullExplanation } from '../../shared/rpc/explain.js';
import { scoresOf } from '../serve/run-material.js';
import { explain } from './index.js';
import { findNeighbours } from './neighbours.js';
import { openRoundFeatures, type Waiting } from './round-features.js';
import type { Subject } from './subject.js';

/** All that is said of a patch. Where features cannot be had, the rest still is, and why. @throws HardmineError as `explain`. */
export async function explainFully(subject: Subject, waiting: Waiting): Promise<FullExplanation> {
  const explanation = await explain(subject);
  try {
    const scores = await scoresOf(subject.material.run, subject.round);
    const features = await openRoundFeatures(subject, scores, waiting);
    return { ...explanation, neighbours: await findNeighbours(subject, scores, features, async () => waiting.signal.throwIfAborted()) };
  } catch (error) {
    return { ...explanation, neighbours: { missing: messageOf(error) } };
  }
}
