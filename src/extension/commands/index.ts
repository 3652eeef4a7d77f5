import { commands, window } from 'vscode';
import { messageOf } from '../../shared/errors.js';
import { checkExperiment } from '../experiment/check.js';
import { estimateRun } from '../experiment/estimate.js';
import { RunNode, StudyNode } from '../runs/tree.js';
import type { Session } from '../session.js';
import { checkEnvironment } from './check-environment.js';
import { browseNegatives } from './browse-negatives.js';
import { compareRuns } from './compare-runs.js';
import { compareStatistics } from './compare-statistics.js';
import { createSample } from './create-sample.js';
import { deleteRun } from './delete-run.js';
import { deleteStudy } from './delete-study.js';
import { explainRule } from './explain-rule.js';
import { exportRun } from './export-run.js';
import { exportSlide } from './export-slide.js';
import { getStarted } from './get-started.js';
import { ignoreRule } from './ignore-rule.js';
import { installTensorflowGpu } from './install-tensorflow-gpu.js';
import { newExperiment } from './new-experiment.js';
import { openDashboard } from './open-dashboard.js';
import { openExperiment } from './open-experiment.js';
import { openReport } from './open-report.js';
import { showLabelImage } from './show-label-image.js';
import { openGallery } from './open-gallery.js';
import { openSlide } from './open-slide.js';
import { openTerminal } from './open-terminal.js';
import { continueRun, pauseRun } from './pause-run.js';
import { refreshRuns } from './refresh-runs.js';
import { resumeRun } from './resume-run.js';
import { showLog } from './show-log.js';
import { judgePatch } from './judge.js';
import { showRanking } from './show-ranking.js';
import { startRun } from './start-run.js';
import { stopRun } from './stop-run.js';

/** What a command does in a session; what it throws is shown to the person. */
export type CommandHandler = (session: Session, ...args: readonly unknown[]) => unknown;

/** Every command of the manifest, by its id. */
export const commandTable: Readonly<Record<string, CommandHandler>> = {
  'mil.createSample': createSample,
  'mil.newExperiment': newExperiment,
  'mil.checkExperiment': checkExperiment,
  'mil.estimate': estimateRun,
  'mil.explainRule': explainRule,
  'mil.ignoreRule': ignoreRule,
  'mil.startRun': startRun,
  'mil.stopRun': stopRun,
  'mil.pauseRun': pauseRun,
  'mil.continueRun': continueRun,
  'mil.resumeRun': resumeRun,
  'mil.openDashboard': openDashboard,
  'mil.openSlide': openSlide,
  'mil.openGallery': openGallery,
  'mil.showLabelImage': showLabelImage,
  'mil.compareRuns': compareRuns,
  'mil.compareStatistics': compareStatistics,
  'mil.openReport': openReport,
  'mil.exportRun': exportRun,
  'mil.exportSlide': exportSlide,
  'mil.showLog': showLog,
  'mil.openExperiment': openExperiment,
  'mil.openTerminal': openTerminal,
  'mil.deleteRun': deleteRun,
  'mil.deleteStudy': deleteStudy,
  'mil.refreshRuns': refreshRuns,
  'mil.checkEnvironment': checkEnvironment,
  'mil.installTensorflowGpu': installTensorflowGpu,
  'mil.getStarted': getStarted,
  'mil.browseNegatives': browseNegatives,
  'mil.showRanking': showRanking,
  'mil.judgePatch': judgePatch,
};

export function registerCommands(session: Session): void {
  for (const [id, handler] of Object.entries(commandTable)) {
    session.context.subscriptions.push(
      commands.registerCommand(id, async (...args: unknown[]) => {
        try {
          return await handler(session, ...plainArguments(id, args));
        } catch (error) {
          session.log.error(error instanceof Error ? error : String(error));
          void window.showErrorMessage(messageOf(error));
          return undefined;
        }
      }),
    );
  }
}

/** Commands that do something to each of several runs selected in the tree. */
const takesMany: ReadonlySet<string> = new Set(['mil.stopRun', 'mil.pauseRun', 'mil.continueRun', 'mil.exportRun', 'mil.deleteRun', 'mil.compareRuns']);

/** Menus of the tree hand over nodes, the one under the pointer and all selected ones; handlers take run folders, and a round where the node is one. A study hands over its folder. */
function plainArguments(id: string, args: readonly unknown[]): readonly unknown[] {
  const [node, selected] = args;
  if (id === 'mil.compareStatistics' && (node instanceof RunNode || node instanceof StudyNode)) return [foldersOf(selected) ?? foldersOf([node])];
  if (node instanceof StudyNode) return [node.study];
  if (!(node instanceof RunNode)) return args;
  const nodes = Array.isArray(selected) ? selected.filter((one) => one instanceof RunNode) : [];
  if (takesMany.has(id) && nodes.length > 1) return [[...new Set(nodes.map(({ run }) => run))]];
  return id === 'mil.compareRuns' ? [] : [node.run, ...(node.round === undefined ? [] : [node.round])];
}

/** Folders of the runs and studies among the nodes. */
function foldersOf(nodes: unknown): readonly string[] | undefined {
  if (!Array.isArray(nodes)) return undefined;
  return [...new Set(nodes.flatMap((node) => (node instanceof RunNode ? [node.run] : node instanceof StudyNode ? [node.study] : [])))];
}
