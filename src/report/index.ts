import { join } from 'node:path';
import { replaceFile } from '../shared/files.js';
import { runFiles } from '../shared/run/layout.js';
import { htmlReport } from './html/page.js';
import { markdownReport } from './markdown.js';
import { readMined } from './mined.js';
import { readRecord } from './record.js';

export { cardMarkdown, modelCard } from './card.js';
export { methodsText } from './methods.js';
export { readRecord } from './record.js';

/**
 * Writes `report.md` and the self-contained `report.html` of a run folder, from what lies in it and
 * from its slides; a run that is not done gets a report of what there is.
 * @param now milliseconds since 1970, to tell a running run from a lost one.
 * @param oracle whether to show what choosing by test would have claimed.
 * @throws HardmineError `run-damaged`, `usage` where the run has no oracle, `disk-full`, `file-denied`.
 */
export async function writeReport(runFolder: string, now = Date.now(), { oracle = false }: { oracle?: boolean } = {}): Promise<void> {
  const record = await readRecord(runFolder, oracle);
  const mined = await readMined(record);
  replaceFile(join(runFolder, runFiles.reportMarkdown), markdownReport(record, mined, now));
  replaceFile(join(runFolder, runFiles.reportHtml), htmlReport(record, mined, now));
}
