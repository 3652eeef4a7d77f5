import { l10n, Uri, window, workspace } from 'vscode';
import { isRule, lintRules } from '../../shared/lint/rules.js';
import { editOf } from '../experiment/fixes.js';
import type { CommandHandler } from './index.js';

/** As many characters as `check.ignore` asks of a reason. */
const shortest = 10;

/** `mil.ignoreRule(experiment, code, reason?)`: writes into the experiment that a rule is not to warn, and why; asks for the reason where none is given. */
export const ignoreRule: CommandHandler = async (session, experiment, code, given) => {
  if (typeof experiment !== 'string' || typeof code !== 'string' || !isRule(code)) throw new Error(l10n.t('Choose a warning in the editor: its quick fixes offer to ignore its rule.'));
  const reason = typeof given === 'string' ? given : await askReason(code);
  if (reason === undefined) return;
  const document = await workspace.openTextDocument(Uri.file(experiment));
  await window.showTextDocument(document);
  const title = l10n.t('Ignore this rule…');
  await workspace.applyEdit(await editOf(session, { kind: 'add', title, path: ['check', 'ignore'], value: { code, reason: reason.trim() } }, document));
};

function askReason(code: keyof typeof lintRules): Thenable<string | undefined> {
  return window.showInputBox({
    title: l10n.t('Why may this be? The report shows the reason.'),
    prompt: `${code}: ${lintRules[code].title}`,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim().length < shortest ? l10n.t('A reason takes at least {0} characters.', shortest) : undefined),
  });
}
