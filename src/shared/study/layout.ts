/** Names inside a study folder. */
export const studyFiles = {
  study: 'study.json',
  /** The experiment of the whole study, every default written out. */
  experiment: 'experiment.json',
  summary: 'summary.json',
  reportMarkdown: 'report.md',
  reportHtml: 'report.html',
} as const;

/** In the run folder of a member: which study it belongs to, and as what. */
export const memberFile = 'member.json';

/** Where studies live, beside the experiment file. */
export const studiesFolder = '.mil/studies';
