import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cardMarkdown, methodsText, modelCard, readRecord, writeReport } from '../../../src/report/index.js';
import { experimentSchema } from '../../../src/shared/experiment/index.js';
import { lintRules } from '../../../src/shared/lint/rules.js';
import { replaceJson } from '../../../src/shared/files.js';
import { runResultSchema } from '../../../src/shared/run/metrics.js';
import { formatEstimate } from '../../../src/shared/run/too-few.js';
import { asClasses } from './class-result.js';
import { makeRun, type FixtureOptions } from './fixtures.js';

function run(options: FixtureOptions = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'hardmine-honest-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  return makeRun(root, [{ id: 'a', path: 'a.png', label: 0 }, { id: 'b', path: 'b.png', label: 1 }, { id: 'c', path: 'c.png', label: 1 }], { bank: false, ...options });
}

async function reports(folder: string, oracle = false): Promise<string[]> {
  await writeReport(folder, 1_795_000_500_000, { oracle });
  return ['report.html', 'report.md'].map((file) => readFileSync(join(folder, file), 'utf8'));
}

/** Text without markup, so that tags do not part words. */
const plain = (text: string): string => text.replace(/<style>[\s\S]*?<\/style>/g, '').replace(/<[^>]+>/g, '\n');

describe('the oracle', () => {
  it('is shown only when asked, under its label, with the gap', async () => {
    const folder = run({ oracle: true });
    for (const text of await reports(folder)) expect(text).not.toMatch(/selected on test|not a result|0\.960 \(round/);
    const [html, markdown] = await reports(folder, true);
    expect(html).toContain('oracle (selected on test; not a result)');
    expect(markdown).toContain('| Metric | Validation (chose the model) | Test (chose nothing) | oracle (selected on test; not a result) | Gap |');
    expect(markdown).toContain('| AUROC | 0.930 [0.840, 1.000] | 0.880 [0.790, 0.950] | 0.960 (round 3, epoch 2) | +0.080 |');
    expect(markdown).toContain('| Brier score | 0.120 [0.030, 0.190] | 0.120 [0.030, 0.190] | 0.040 (round 3, epoch 2) | −0.080 |');
    expect(markdown).toMatch(/\| F1 \|.*\| – \| – \|/);
    for (const text of await reports(folder)) expect(text).not.toContain('selected on test');
  });

  it('is no claim that test was looked at once', async () => {
    for (const text of await reports(run({ oracle: true }))) {
      expect(text).not.toContain('looked at once');
      expect(text).toContain('Nothing was chosen by test');
    }
    for (const text of await reports(run({ oracle: true, done: false, rounds: 2 }))) expect(text).not.toContain('have not been looked at');
    for (const text of await reports(run())) expect(text).toContain('Test was looked at once');
  });

  it('is refused where the run has none', async () => {
    await expect(writeReport(run(), 0, { oracle: true })).rejects.toMatchObject({ code: 'usage', remedy: expect.stringContaining('evaluation.oracle') });
  });
});

describe('the report', () => {
  it('tells validation before test, calibration, operating points, and who stands behind them', async () => {
    const [html, markdown] = await reports(run());
    expect(markdown!.indexOf('Validation (chose the model)')).toBeLessThan(markdown!.indexOf('Test (looked at once)'));
    for (const part of ['AUROC with DeLong', 'Expected calibration error, bins of equal mass', 'Calibration slope (1 is right)', 'Sensitivity at 90 % specificity on validation', 'Sensitivity at 95 %']) {
      expect(markdown).toContain(part);
    }
    expect(markdown).toMatch(/\| Positive slides \(patients\) \| 20 \(20\) \| 20 \(20\) \|/);
    for (const title of ['Reliability on test', 'Decision curve on test']) expect(html).toContain(`<h3>${title}</h3>`);
  });

  it('warns of few patients, and reads results of before there were statistics', async () => {
    const folder = run();
    expect((await reports(folder))[1]).not.toContain('intervals are rough');
    const file = join(folder, 'result.json');
    const result = runResultSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const test = { ...result.statistics!.test, positives: { slides: 20, patients: 7 } };
    replaceJson(file, { ...result, statistics: { ...result.statistics!, test } });
    expect((await reports(folder))[1]).toContain('Test has 7 positive patients: with fewer than 20 of a class, intervals are rough');
    const { statistics: _, ...old } = result;
    replaceJson(file, old);
    for (const text of await reports(folder)) {
      expect(text).toContain('0.880 [0.790, 0.950]');
      expect(text).not.toContain('Calibration');
    }
  });

  it('says "best" nowhere: what was chosen is named by its rule', async () => {
    const texts = [
      ...(await reports(run({ oracle: true }), true)),
      ...(await reports(run())),
      ...(await reports(run({ done: false, rounds: 1 }))),
      methodsText(await readRecord(run())),
      cardMarkdown(modelCard(await readRecord(run())), 2),
    ];
    for (const text of texts) expect(plain(text).match(/.*\bbest\b.*/gi) ?? []).toEqual([]);
  });
});

describe('the report of several classes', () => {
  it('tells each class against the rest, validation first, and calibration over them', async () => {
    const folder = run();
    const { test, classStatistics } = asClasses(folder);
    const [html, markdown] = await reports(folder);
    for (const title of ['Calibration over classes', 'Class "lepidic" against the rest', 'Class "solid" against the rest']) for (const text of [html!, markdown!]) expect(text).toContain(text === html ? title.replaceAll('"', '&#34;') : title);
    const solid = markdown!.slice(markdown!.indexOf('Class "solid" against the rest'));
    expect(solid).toMatch(/^.*\n\n\| {2}\| Validation \| Test \|\n.*\n\| Slides of this class \(patients\) \| 30 \(30\) \| 30 \(30\) \|\n\| Slides without it \(patients\) \| 60 \(60\)/);
    expect(solid).toContain(`| AUROC with DeLong's interval | ${formatEstimate(classStatistics!.validation.classes[2]!.delong, Infinity)} | ${formatEstimate(classStatistics!.test.classes[2]!.delong, Infinity)} |`);
    expect(markdown).toContain(`| Expected calibration error of the likeliest class, bins of equal mass | ${classStatistics!.validation.topClass.ece.equalMass!.toFixed(3)} | ${classStatistics!.test.topClass.ece.equalMass!.toFixed(3)} |`);
    expect(markdown).toContain(`| AUROC of "solid" |`);
    expect(markdown).toContain('for the AUROC of each class also DeLong');
    expect(html).toContain('<h3>Reliability on test, likeliest class</h3>');
    expect(html).not.toContain('Decision curve');
    expect(test.auroc.low!).toBeLessThan(test.auroc.value!);
    expect(markdown).not.toMatch(/undefined|NaN|intervals are rough/);
    expect(plain(html!)).not.toMatch(/\bbest\b/i);
  });

  it('claims no threshold to be chosen where the likeliest class is called', async () => {
    const folder = run();
    const result = asClasses(folder);
    replaceJson(join(folder, 'result.json'), { ...result, thresholdRule: 'half' });
    for (const text of await reports(folder)) {
      expect(text).toContain('Its decision threshold is a half, fixed beforehand.');
      expect(text).toContain('the likeliest class was called');
      expect(plain(text)).not.toMatch(/threshold[^.]* was chosen on validation/);
    }
  });

  it('claims no threshold of the oracle either', async () => {
    const folder = run({ oracle: true });
    asClasses(folder);
    for (const text of await reports(folder, true)) {
      expect(plain(text)).toContain('at a threshold of a half');
      expect(plain(text)).not.toContain('chose on test');
    }
  });

  it('tells held-out patients all that test is told', async () => {
    const folder = run();
    const { classStatistics, test, ...result } = asClasses(folder);
    replaceJson(join(folder, 'result.json'), { ...result, test, heldOut: test, classStatistics: { ...classStatistics!, heldOut: classStatistics!.test } });
    const [html, markdown] = await reports(folder);
    expect(markdown).toContain('|  | Validation | Test | Held out |');
    const [auroc] = markdown!.slice(markdown!.indexOf('Class "acinar" against the rest')).match(/\| AUROC with DeLong's interval .*/)!;
    const cells = auroc.split(' | ');
    expect(cells).toHaveLength(4);
    expect(cells[3]!.replace(' |', '')).toBe(cells[2]);
    expect(html).toContain('<th scope="col">Held out</th>');
  });

  it('warns of classes with few patients, and of those that test lacks', async () => {
    const folder = run();
    asClasses(folder, 4);
    expect((await reports(folder))[1]).toContain('Test has 4 "solid" patients: with fewer than 20 of a class, intervals are rough');
    asClasses(folder, 0);
    expect((await reports(folder))[1]).toContain('Test: all or none of the slides are "solid", which is left out of the means over classes.');
  });
});

describe('held-out patients', () => {
  it('have a column of their own beside test, and only where there are some', async () => {
    const folder = run();
    for (const text of await reports(folder)) expect(plain(text)).not.toMatch(/held.out/i);
    const file = join(folder, 'result.json');
    const result = runResultSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    replaceJson(file, { ...result, heldOut: { ...result.test, slides: 22, patients: 20, smallerSide: 9, auroc: { value: 0.814, low: 0.7, high: 0.9 } } });
    const [, markdown] = await reports(folder);
    expect(markdown).toContain('| Metric | Validation (chose the model) | Test (looked at once) | Held out (looked at once) |');
    expect(markdown).toContain('| AUROC | 0.930 [0.840, 1.000] | 0.880 [0.790, 0.950] | 0.814 [0.700, 0.900] |');
    expect(markdown).toContain('The patients held out of the cross-validation were looked at once.');
    expect(cardMarkdown(modelCard(await readRecord(folder)), 2)).toContain('AUROC 0.814 [0.700, 0.900] on 22 slides of 20 patients held out');
  });
});

describe('methods and card', () => {
  it('say how the run was made, from what its folder holds', async () => {
    const text = methodsText(await readRecord(run()));
    for (const part of ['The 3 slides of the cohort (classes: 0, 1) were split by patient, stratified by label (seed 1) into 1 training, 1 validation (18 patients) and 1 test (18 patients) slides.', 'patches of 224 × 224 px at 0.5 µm/px', 'ResNet-18', 'SimCLR on training patches alone', 'DSMIL (Li et al. 2021)', 'highest-scored 5 %', 'Adam, learning rate 0.0002', 'the highest validation AUROC, then the lowest validation loss', 'rule "youden"', 'engine onnx 1.30.0 with 2 threads', 'seeds: run 1, split 1']) {
      expect(text).toContain(part);
    }
  });

  it('say how often the aggregator was trained', async () => {
    const folder = run();
    expect(methodsText(await readRecord(folder))).toContain('of each round the epoch with the lowest validation loss was kept.');
    const file = join(folder, 'experiment.json');
    const experiment = experimentSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    replaceJson(file, { ...experiment, optimizer: { ...experiment.optimizer, restarts: 4 } });
    expect(methodsText(await readRecord(folder))).toContain('each round trained from 5 sets of initial weights, one after the other, and of all their epochs the one with the lowest validation loss was kept.');
  });

  it('tell each silenced check with its reason', async () => {
    const folder = run();
    const file = join(folder, 'experiment.json');
    const experiment = experimentSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const code = Object.entries(lintRules).find(([, { severity }]) => severity === 'warning')![0];
    replaceJson(file, { ...experiment, check: { ignore: [{ code, reason: 'The two sites share one scanner.' }] } });
    for (const text of await reports(folder)) expect(plain(text)).toContain(text.startsWith('<') ? `The check &#34;${code}&#34; was silenced: The two sites share one scanner.` : `The check "${code}" was silenced: The two sites share one scanner.`);
  });

  it('tell what the checks had against cohort and run, of each the first finding', async () => {
    const folder = run();
    const warnings = [['class-in-one-site', 'All of one site.'], ['patient-ids-alike', 'P17 and p17.'], ['patient-ids-alike', 'P18 and p18.'], ['slide-no-tissue', 'Blank.']];
    const before = readFileSync(join(folder, 'events.jsonl'), 'utf8').trim().split('\n').length;
    appendFileSync(join(folder, 'events.jsonl'), warnings.map(([code, message], i) => `${JSON.stringify({ seq: before + 1 + i, time: 1_795_000_400_000, type: 'warning', code, message })}\n`).join(''));
    const card = cardMarkdown(modelCard(await readRecord(folder)), 2);
    expect(card).toContain('- The check "class-in-one-site" warned: All of one site.\n');
    expect(card).toContain('- The check "patient-ids-alike" warned: P17 and p17. And 1 more of its warnings, listed in the report.');
    expect(card).not.toContain('Blank.');
    for (const text of await reports(folder)) expect(plain(text)).toContain('patient-ids-alike: P18 and p18.');
  });

  it('say what is not known', async () => {
    const folder = run();
    const card = cardMarkdown(modelCard(await readRecord(folder)), 2);
    for (const title of ['Model', 'Intended use', 'Data', 'Training', 'Results', 'Limits', 'What is not known']) expect(card).toContain(`## ${title}`);
    expect(card).toContain('Not for diagnosis');
    expect(card).toContain('0.880 [0.790, 0.950] on 20 test slides of 18 patients');
    expect(card).toContain('Who labelled the slides');
    expect(card).not.toMatch(/undefined|NaN|\[object/);
  });

  it('are told of a run that is not done', async () => {
    const record = await readRecord(run({ done: false, rounds: 1 }));
    expect(cardMarkdown(modelCard(record), 2)).toContain('There is no result yet');
    expect(methodsText(record)).not.toMatch(/undefined|NaN/);
  });
});
