import { EventEmitter, l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem, Uri, window, type TreeDataProvider } from 'vscode';
import type { CohortFacts, CohortSlideFacts } from '../../shared/rpc/slides.js';
import type { Session } from '../session.js';
import { splitName } from './words.js';
import { thumbnailFolder } from './kept.js';

/** A node of the tree "Slides"; what commands of its menu are given. */
export interface SlideNode {
  readonly run: string;
  readonly slide: string;
  readonly facts: CohortSlideFacts;
}

/** The tree "Slides": the cohort of the newest run, with what is predicted of each slide. */
export function registerSlideTree(session: Session): void {
  const { context, runs, service, log } = session;
  const changed = new EventEmitter<void>();
  const provider: TreeDataProvider<SlideNode> = {
    onDidChangeTreeData: changed.event,
    async getChildren(parent) {
      const newest = runs.list()[0];
      if (parent || !newest) return [];
      try {
        const cohort = await service.calls.cohortOf(newest.run);
        tree.message = undefined;
        tree.description = cohort.name;
        return nodesOf(newest.run, cohort);
      } catch (error) {
        log.warn(`The slides of ${newest.run} cannot be listed: ${String(error)}`);
        tree.message = error instanceof Error ? error.message : String(error);
        return [];
      }
    },
    getTreeItem: itemOf,
    resolveTreeItem: (item, node) => resolved(session, item, node),
  };
  const tree = window.createTreeView('mil.slides', { treeDataProvider: provider, showCollapseAll: false });
  let shown = '';
  // A run that goes on tells of each heartbeat; the slides change with the run and its rounds alone.
  const follow = runs.onDidChange(() => {
    const [newest] = runs.list();
    const now = JSON.stringify([newest?.run, newest?.status.round, newest?.state]);
    if (now !== shown) changed.fire();
    shown = now;
  });
  context.subscriptions.push(changed, tree, follow);
}

function nodesOf(run: string, { slides }: CohortFacts): SlideNode[] {
  return slides.map((facts) => ({ run, slide: facts.id, facts }));
}

function itemOf({ run, slide, facts }: SlideNode): TreeItem {
  const item = new TreeItem(slide);
  const { call } = facts;
  item.id = `${run}#${slide}`;
  item.contextValue = facts.path === '' ? 'slide-without-file' : 'slide';
  item.description = [facts.label, ...(call ? [call.wrong ? l10n.t('wrong: {0}', call.name) : l10n.t('predicted {0}', call.name)] : []), splitName(facts.split)].join(' · ');
  item.iconPath = !call ? new ThemeIcon('circle-outline') : call.wrong ? new ThemeIcon('error', new ThemeColor('list.errorForeground')) : new ThemeIcon('pass', new ThemeColor('charts.green'));
  item.accessibilityInformation = { label: `${slide}, ${item.description}` };
  if (facts.path !== '') item.command = { command: 'mil.openSlide', title: l10n.t('Open Slide'), arguments: [{ run, slide }] };
  return item;
}

/** The tooltip, when a person asks for it: only then is the thumbnail drawn. */
async function resolved({ context, service, log }: Session, item: TreeItem, { slide, facts }: SlideNode): Promise<TreeItem> {
  const text = new MarkdownString();
  const { call } = facts;
  if (facts.path !== '') {
    try {
      const file = await service.calls.thumbnailFile(facts.path, thumbnailFolder(context));
      text.appendMarkdown(`![${l10n.t('Thumbnail')}](${Uri.file(file).toString()}|width=220)\n\n`);
    } catch (error) {
      log.warn(`No thumbnail of ${facts.path}: ${String(error)}`);
      text.appendText(error instanceof Error ? error.message : String(error)).appendMarkdown('\n\n');
    }
  }
  text.appendMarkdown('**').appendText(slide).appendMarkdown('**  \n');
  const lines = [
    [l10n.t('Label'), facts.label],
    [l10n.t('Split'), splitName(facts.split)],
    [l10n.t('Patient'), facts.patient],
    ...(call ? [[l10n.t('Predicted'), `${call.name} (${facts.probability!.toFixed(3)}${call.wrong ? `, ${l10n.t('wrong')}` : ''})`]] : []),
  ];
  for (const [name, value] of lines) text.appendText(`${name}: ${value}`).appendMarkdown('  \n');
  item.tooltip = text;
  return item;
}
