import { commands, l10n, Uri, window } from 'vscode';
import { isRule, lintRules, rulePage, type RuleCode } from '../../shared/lint/rules.js';
import type { CommandHandler } from './index.js';

/** MIL: Explain a Rule. Shows the page of the rule that is named, or chosen from the list. */
export const explainRule: CommandHandler = async ({ context }, asked) => {
  const code = typeof asked === 'string' && isRule(asked) ? asked : await chosen();
  if (code) await commands.executeCommand('markdown.showPreview', Uri.joinPath(context.extensionUri, rulePage(code)));
  return code;
};

/** The link of a finding's code. */
export function ruleLink(code: RuleCode): Uri {
  return Uri.parse(`command:mil.explainRule?${encodeURIComponent(JSON.stringify([code]))}`);
}

async function chosen(): Promise<RuleCode | undefined> {
  const items = (Object.keys(lintRules) as RuleCode[]).map((code) => ({ label: lintRules[code].title, description: code, code }));
  return (await window.showQuickPick(items, { title: l10n.t('Explain a Rule'), matchOnDescription: true }))?.code;
}
