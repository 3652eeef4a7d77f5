import { basename } from 'node:path';
import { commands, l10n, TabInputCustom, Uri, window } from 'vscode';
import type { SlideTarget } from '../../shared/rpc/slides.js';
import { slideEditors } from '../slide-views/editor.js';
import { associatedImages } from '../slide-views/index.js';
import { pickSlide } from '../slide-views/pick.js';
import type { CommandHandler } from './index.js';

/** MIL: Show Label Image…: the label or macro image a slide file carries, after a warning. Nothing else ever reads their pixels. */
export const showLabelImage: CommandHandler = async (session, target) => {
  const wanted = targetOf(target) ?? slideInFront() ?? targetOf(await pickSlide(session));
  if (!wanted) return;
  const { path, associated } = await session.service.calls.describeSlide(wanted);
  if (associated.length === 0) {
    void window.showInformationMessage(l10n.t('{0} carries no label or macro image.', basename(path)));
    return;
  }
  const name = associated.length === 1 ? associated[0] : await window.showQuickPick([...associated], { title: l10n.t('Image of {0}', basename(path)) });
  if (name === undefined) return;
  const show = l10n.t('Show It');
  const detail = l10n.t('Label and macro images are photographs of the glass and often show names, numbers or dates of birth. Make sure that nobody sees them who must not. The image is not kept.');
  if ((await window.showWarningMessage(l10n.t('The image may show patient data.'), { modal: true, detail }, show)) !== show) return;
  await commands.executeCommand('vscode.open', associatedImages(session).grant(path, name, await session.service.calls.readAssociated(path, name)));
};

/** The slide file a person looks at. */
function slideInFront(): SlideTarget | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputCustom && slideEditors.some((type) => input.viewType === type) ? { path: input.uri.fsPath } : undefined;
}

function targetOf(target: unknown): SlideTarget | undefined {
  if (typeof target === 'string') return { path: target };
  if (target instanceof Uri) return { path: target.fsPath };
  const { run, slide } = (target ?? {}) as Partial<Record<'run' | 'slide', unknown>>;
  return typeof run === 'string' && typeof slide === 'string' ? { run, slide } : undefined;
}
