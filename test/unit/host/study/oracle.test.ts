import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createStudy, openStudy, prepareMember } from '../../../../src/host/study/folder.js';
import { writeStudyReport } from '../../../../src/host/study/report/index.js';
import { experimentSchema } from '../../../../src/shared/experiment/index.js';
import { replaceJson } from '../../../../src/shared/files.js';
import { runFiles } from '../../../../src/shared/run/layout.js';
import type { OracleEpoch } from '../../../../src/shared/run/oracle.js';
import type { RunStatus } from '../../../../src/shared/run/state.js';
import { studyFiles } from '../../../../src/shared/study/layout.js';
import { result, slideMetrics, temporaryFolder } from '../run/fixtures.js';

const estimate = (value: number) => ({ value, low: null, high: null });
const epoch = (round: number, epoch: number, auroc: number, brier: number): OracleEpoch => ({ round, epoch, threshold: 0.5, auroc, averagePrecision: auroc, accuracy: null, balancedAccuracy: auroc, f1: auroc, brier });

/** Three runs that are done; AUROC .7, .8 and .9 as validation chose, and test after two epochs each. */
function study(oracle: boolean): string {
  const folder = temporaryFolder();
  const file = join(folder, 'x.mil.json');
  const slides = Array.from({ length: 6 }, (_, i) => `s${i}`);
  writeFileSync(join(folder, 'cohort.csv'), `slide,label\n${slides.map((slide, i) => `${slide},${i % 2}`).join('\n')}\n`);
  const experiment = experimentSchema.parse({ name: 'x', cohort: { table: 'cohort.csv', columns: { patient: '' } }, seeds: [1, 2, 3], evaluation: { oracle } });
  const made = createStudy(file, experiment, undefined, new Date(2026, 10, 22));
  const told = [[0.7, epoch(1, 1, 0.6, 0.3), epoch(1, 2, 0.75, 0.1)], [0.8, epoch(1, 1, 0.95, 0.15), epoch(2, 1, 0.9, 0.2)], [0.9, epoch(1, 1, 0.9, 0.25), epoch(1, 2, 0.5, 0.3)]] as const;
  for (const [i, member] of openStudy(made).members.entries()) {
    const run = join(made, member.run);
    prepareMember(made, run, experiment, member);
    mkdirSync(run, { recursive: true });
    const [auroc, ...epochs] = told[i]!;
    replaceJson(join(run, runFiles.status), { state: 'done', name: 'x', experimentFile: file, round: 1, rounds: 1, progress: 1, pid: 1, host: 'h', started: 1, heartbeat: 1 } satisfies RunStatus);
    replaceJson(join(run, runFiles.result), { ...result, ...(oracle ? { oracle: true } : {}), thresholdRule: 'youden', test: { ...slideMetrics, auroc: estimate(auroc), accuracy: estimate(0.5), brier: estimate(0.2) } });
    if (oracle) writeFileSync(join(run, runFiles.oracle), epochs.map((line) => `${JSON.stringify(line)}\n`).join(''));
  }
  return made;
}

describe('the oracle of a study', () => {
  it('takes the most favourable epoch of each run, of an error the lowest, and says by how much it flatters', async () => {
    const folder = study(true);
    const { claims } = await writeStudyReport(folder, Date.now(), { oracle: true });
    const of = (metric: string) => claims!.find((claim) => claim.metric === metric)!;
    // .75, .95 and .9 in place of .7, .8 and .9.
    expect(of('auroc')).toMatchObject({ selected: { n: 3, mean: expect.closeTo(0.8, 12) as number, sd: expect.closeTo(0.1, 12) as number }, oracle: { n: 3, mean: expect.closeTo(2.6 / 3, 12) as number }, gap: expect.closeTo(0.2 / 3, 12) as number });
    expect(of('brier')).toMatchObject({ oracle: { mean: expect.closeTo(0.5 / 3, 12) as number }, gap: expect.closeTo(-0.1 / 3, 12) as number });
    expect(of('accuracy')).toMatchObject({ selected: { n: 0 }, gap: null });
    const report = readFileSync(join(folder, studyFiles.reportMarkdown), 'utf8');
    expect(report).toContain('| Test metric | Chosen by validation | oracle (selected on test; not a result) | Gap |');
    expect(report).toContain('| AUROC | 0.800 ± 0.100 | 0.867 ± 0.104 | +0.067 |');
    expect(report).toContain('| Accuracy | – | – | – |');
    expect(report.indexOf('Over seeds')).toBeLessThan(report.indexOf('oracle (selected'));
    expect(readFileSync(join(folder, studyFiles.summary), 'utf8')).not.toContain('0.8666');
  });

  it('is told to nobody who did not ask', async () => {
    const folder = study(true);
    await writeStudyReport(folder);
    for (const file of [studyFiles.reportMarkdown, studyFiles.reportHtml]) expect(readFileSync(join(folder, file), 'utf8')).not.toContain('selected on test');
  });

  it('is refused where a run has none', async () => {
    await expect(writeStudyReport(study(false), Date.now(), { oracle: true })).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('did not score its test slides') as string });
  });
});

describe('the model card of a study', () => {
  it('is of all models, with one split named as a limit', async () => {
    const folder = study(false);
    await writeStudyReport(folder);
    const report = readFileSync(join(folder, studyFiles.reportMarkdown), 'utf8');
    const card = report.slice(report.indexOf('## Model card'));
    expect(card).toContain('3 models of one experiment');
    expect(card).toContain('One split:');
    expect(card).not.toContain('One seed:');
    expect(card).toContain('Validation AUROC, by whose slides each run was chosen: 0.800 ± 0.000.');
    expect(readFileSync(join(folder, studyFiles.reportHtml), 'utf8')).toContain('<h2>Model card</h2>');
  });
});
