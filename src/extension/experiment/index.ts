import { CodeActionKind, languages, workspace } from 'vscode';
import type { Session } from '../session.js';
import { experimentCompletions } from './completions.js';
import { experimentSelector, mendableSelector } from './files.js';
import { estimateScheme, writtenEstimates } from './estimate.js';
import { experimentFixes } from './fixes.js';
import { experimentHovers } from './hovers.js';
import { experimentLenses } from './lenses.js';
import { followTables } from './tables.js';

/** Experiment files as a language: problems, hovers, completions, quick fixes, and the line above them. */
export function registerExperiments(session: Session): void {
  session.context.subscriptions.push(
    languages.registerHoverProvider(experimentSelector, experimentHovers(session)),
    languages.registerCompletionItemProvider(experimentSelector, experimentCompletions(session), '"', ':', ' '),
    languages.registerCodeActionsProvider(mendableSelector, experimentFixes(session), { providedCodeActionKinds: [CodeActionKind.QuickFix] }),
    languages.registerCodeLensProvider(experimentSelector, experimentLenses(session)),
    workspace.registerTextDocumentContentProvider(estimateScheme, writtenEstimates),
  );
  session.experiments.watch();
  followTables(session);
}
