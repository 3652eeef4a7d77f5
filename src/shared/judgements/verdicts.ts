/** What a person may say of a patch; `none` takes back what was said before. */
export const verdicts = ['none', 'confirmed-negative', 'mislabelled', 'artefact'] as const;
export type Verdict = (typeof verdicts)[number];
