/** What a rule has to look at: this says how often it is looked at. */
export type LookedAt =
  /** The experiment and the files it names: in the editor whenever typing rests, and by `mil check`. */
  | 'files'
  /** Pictures of slides: by `mil check`, and in the editor as far as what was seen is remembered. */
  | 'pictures'
  /** Stored features: by `mil check`, and by a run before it trains. */
  | 'stores'
  /** The folder of a run, once it is done, and by `mil check RUN`. */
  | 'run';

/** A rule of the protocol linter. Its page is docs/rules/<code>.md. */
export interface LintRule {
  readonly severity: 'error' | 'warning';
  /** What is wrong, in a few words. */
  readonly title: string;
  readonly looksAt: LookedAt;
}

/** Every rule about leaks and the protocol, by its code. Only warnings can be silenced (`check.ignore`). */
export const lintRules = {
  'patient-in-two-splits': { severity: 'error', looksAt: 'files', title: 'A patient is in two parts of the split' },
  'patient-in-slide-names': { severity: 'warning', looksAt: 'files', title: 'Names of slides say that two patients are one' },
  'patient-ids-alike': { severity: 'warning', looksAt: 'files', title: 'Two spellings of a patient\'s id are in two parts of the split' },
  'validation-in-training': { severity: 'error', looksAt: 'files', title: 'The same slide is in two parts of the split' },
  'near-duplicate-slides': { severity: 'warning', looksAt: 'pictures', title: 'Two parts of the split have slides that look the same' },
  'test-used-for-selection': { severity: 'error', looksAt: 'files', title: 'Test or validation patients trained or chose what is tested' },
  'features-saw-test': { severity: 'error', looksAt: 'files', title: 'Features come from an encoder that learnt from the test' },
  'label-in-file-name': { severity: 'warning', looksAt: 'files', title: 'File names spell the label out' },
  'label-in-path': { severity: 'warning', looksAt: 'files', title: 'A folder, or a part of the names, tells the label' },
  'label-in-column': { severity: 'warning', looksAt: 'files', title: 'One column of the table tells the label' },
  'label-in-slide-property': { severity: 'warning', looksAt: 'pictures', title: 'Size, scanner, colour or number of patches of a slide tells the label' },
  'label-in-feature': { severity: 'warning', looksAt: 'stores', title: 'One of the stored features tells the label' },
  'class-in-one-site': { severity: 'warning', looksAt: 'files', title: 'A class comes from one site, scanner or batch alone' },
  'label-order-flipped': { severity: 'warning', looksAt: 'files', title: 'Negative and positive class seem to be swapped' },
  'validation-too-small': { severity: 'warning', looksAt: 'files', title: 'Too few patients to choose by' },
  'test-too-small': { severity: 'warning', looksAt: 'files', title: 'Too few patients for a result' },
  'bag-smaller-than-k': { severity: 'warning', looksAt: 'files', title: 'A slide has fewer patches than the ranking loss compares' },
  'attention-collapsed': { severity: 'warning', looksAt: 'run', title: 'Attention does not choose' },
  'ranking-loss-dead': { severity: 'warning', looksAt: 'run', title: 'The ranking loss teaches nothing' },
  'patch-scores-uninformative': { severity: 'warning', looksAt: 'run', title: 'Patch scores say little of the label' },
  'pseudo-labels-stalled': { severity: 'warning', looksAt: 'run', title: 'Mined patches no longer change' },
  'fine-tuning-short': { severity: 'warning', looksAt: 'run', title: 'Fine-tuning takes too few steps to teach anything' },
  'auroc-below-half': { severity: 'warning', looksAt: 'run', title: 'The model ranks slides the wrong way round' },
} as const satisfies Readonly<Record<string, LintRule>>;

export type RuleCode = keyof typeof lintRules;

/** Whether a finding's code is that of a rule with a page. */
export function isRule(code: string): code is RuleCode {
  return Object.hasOwn(lintRules, code);
}

/** Where the page of a rule is, from the root of the project. */
export function rulePage(code: RuleCode): string {
  return `docs/rules/${code}.md`;
}
