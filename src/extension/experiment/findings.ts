import { Diagnostic, DiagnosticSeverity, type TextDocument } from 'vscode';
import type { Diagnostic as Found, Fix } from '../../shared/diagnostics.js';
import { isRule } from '../../shared/lint/rules.js';
import { ruleLink } from '../commands/explain-rule.js';
import { rangeAt } from './ranges.js';

/** A finding as the editor shows it, which remembers how it could be mended. */
export class Finding extends Diagnostic {
  readonly fixes: readonly Fix[];

  constructor(
    { severity, code, message, remedy, place, fixes }: Found,
    document: TextDocument | undefined,
    /** Path of the experiment whose check found it. */
    readonly experiment: string,
  ) {
    super(rangeAt(document, place), remedy ? `${message} ${remedy}` : message, severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning);
    this.source = 'mil';
    this.code = isRule(code) ? { value: code, target: ruleLink(code) } : code;
    this.fixes = fixes ?? [];
  }
}
