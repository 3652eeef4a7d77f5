import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commands, languages, Position, Uri, window, workspace, type CodeAction, type CodeLens, type CompletionList, type Diagnostic, type Hover, type MarkdownString, type TextDocument } from 'vscode';
import type { RunEstimate } from '../../../src/shared/experiment/estimate.js';
import { eventually, root } from './support.js';

const json = `{
  // a dozen mistakes
  "name": "mistakes",
  "sede": 3,
  "cohort": { "table": "cohort.csv", "classes": ["normal", "tumor"] },
  "split": { "file": "split.csv" },
  "encoder": { "kind": "resnet", "depth": 50, "width": 0.25, "pretrain": { "epochs": 1, "batch": 1 } },
  "tiling": { "mpp": 1, "size": "64", "tissue": { "method": "otzu" } },
  "loss": { "margin": -1 },
  "topK": 5,
  "mining": { "rounds": 2, "refreshEvery": 9, "positiveRatio": { "from": 0.1, "to": 0.2, "warmup": 1 } },
  "finetune": { "batch": 2.5 }
}
`;
const yaml = `# a few mistakes
name: mistakes
sede: 3
cohort:
  table: cohort.csv
  classes: [normal, tumor]
split: { validation: 0.34, test: 0.34 }
loss:
  margin: 2
  topK: five
tiling:
  tissue:
    method: otzu
check:
  ignore:
    - { code: validation-too-small, reason: six slides to test the editor with }
    - { code: test-too-small, reason: six slides to test the editor with }
`;

/** A cohort of the workspace's slides with a wrong label, a missing file, and a split that tears a patient apart. */
function plant(): { readonly folder: string; readonly file: (name: string) => string } {
  const folder = path.join(root, 'mistakes');
  mkdirSync(folder, { recursive: true });
  const [header, ...rows] = readFileSync(path.join(root, 'cohort.csv'), 'utf8').trim().split('\n').map((line) => line.split(','));
  const ofClass = (label: string): string[][] => rows.filter((row) => row[2] === label);
  const ordered = [0, 1, 2].flatMap((i) => [ofClass('normal')[i]!, ofClass('tumor')[i]!]).map(([id, file, label], i) => [id!, `../${file}`, label!, `P${i}`]);
  ordered[1]![2] = 'tumr';
  ordered[2]![1] = ordered[2]![1]!.replace('.tiff', '.tif');
  ordered[4]![3] = 'P0';
  writeFileSync(path.join(folder, 'cohort.csv'), [header, ...ordered].map((row) => `${row!.join(',')}\n`).join(''));
  writeFileSync(path.join(folder, 'split.csv'), ['slide_id,split', ...ordered.map(([id], i) => `${id},${['train', 'train', 'val', 'val', 'tset', 'test'][i]}`)].map((line) => `${line}\n`).join(''));
  writeFileSync(path.join(folder, 'mistakes.mil.json'), json);
  writeFileSync(path.join(folder, 'mistakes.mil.yaml'), yaml);
  return { folder, file: (name) => path.join(folder, name) };
}

const ours = (uri: Uri): Diagnostic[] => languages.getDiagnostics(uri).filter(({ source }) => source === 'mil');
/** The code of a finding; that of a rule links to its page. */
const codeOf = ({ code }: Diagnostic): string => String(typeof code === 'object' ? code.value : code);
const brief = (uri: Uri): string[] => ours(uri).map((found) => `${found.range.start.line + 1} ${codeOf(found)}`).sort((a, b) => parseInt(a) - parseInt(b) || a.localeCompare(b));

/** Waits until the findings of a file are these. */
async function findings(uri: Uri, expected: readonly string[]): Promise<void> {
  await eventually('the findings', () => brief(uri).join() === expected.join(), 40_000).catch(() => undefined);
  assert.deepEqual(brief(uri), expected);
}

/** Takes the first quick fix of a finding whose title fits, as a click on it does. @returns its title. */
async function mend(document: TextDocument, code: string, title = /./): Promise<string> {
  const finding = ours(document.uri).find((diagnostic) => codeOf(diagnostic) === code);
  assert.ok(finding, `${code} in ${document.uri.path}: ${brief(document.uri).join(', ')}`);
  const actions = await commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', document.uri, finding.range, 'quickfix', 50);
  const action = actions.find((offered) => offered.edit && title.test(offered.title));
  assert.ok(action?.edit, `${code}: ${actions.map((offered) => `${offered.title} ${offered.edit ? 'edits' : 'has no edit'}`).join(' | ')}`);
  assert.ok(await workspace.applyEdit(action.edit));
  return action.title;
}

/** Mends, and waits until the findings are those of the mended text. */
async function mendAndWait(document: TextDocument, code: string): Promise<string> {
  const before = brief(document.uri).join();
  const title = await mend(document, code);
  await eventually(`other findings than ${before}`, () => brief(document.uri).join() !== before);
  return title;
}

const open = async (file: string): Promise<TextDocument> => {
  const document = await workspace.openTextDocument(Uri.file(file));
  await window.showTextDocument(document);
  return document;
};
const hoverText = async (document: TextDocument, word: string): Promise<string> => {
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, document.positionAt(document.getText().indexOf(word) + 1));
  return hovers.flatMap(({ contents }) => contents.map((content) => (content as MarkdownString).value)).join('\n');
};
const times = (text: string, part: string): number => text.split(part).length - 1;

describe('experiment files', () => {
  let planted: ReturnType<typeof plant>;
  before(() => {
    planted = plant();
  });

  it('finds a dozen planted mistakes in the experiment, the table and the split', async () => {
    const document = await open(planted.file('mistakes.mil.json'));
    assert.equal(document.languageId, 'jsonc');
    await findings(document.uri, ['4 unknown-key', '7 not-a-choice', '7 out-of-range', '8 not-a-choice', '8 wrong-type', '9 out-of-range', '10 unknown-key', '12 wrong-type']);
    await findings(Uri.file(planted.file('cohort.csv')), ['3 cohort-unknown-label', '4 slide-missing']);
    // Nobody else says the same in other words.
    assert.deepEqual(languages.getDiagnostics(document.uri).filter(({ source }) => source !== 'mil'), []);
  });

  it('mends them by quick fixes, one after the other', async function () {
    this.timeout(180_000);
    const document = await open(planted.file('mistakes.mil.json'));
    const titles: string[] = [];
    for (const code of ['unknown-key', 'not-a-choice', 'out-of-range', 'not-a-choice', 'wrong-type', 'out-of-range', 'unknown-key', 'wrong-type']) {
      titles.push(await mendAndWait(document, code));
    }
    assert.equal(titles[0], 'Rename to "seed"');
    assert.ok(titles.includes('Move "topK" into "loss"') && titles.includes('Replace with "otsu"') && titles.includes('Leave out the quotes: 64'), titles.join(' | '));
    // What the mistakes had hidden comes to light, and goes too.
    await findings(document.uri, ['13 mined-once']);
    await mend(document, 'mined-once');
    await findings(document.uri, []);
    assert.ok(document.getText().includes('// a dozen mistakes'));
    assert.ok(await document.save());
  });

  it('mends the table and the split, and looks again when they are saved', async () => {
    const table = await open(planted.file('cohort.csv'));
    assert.equal(await mend(table, 'cohort-unknown-label'), 'Replace with "tumor"');
    await table.save();
    await findings(table.uri, ['4 slide-missing']);
    await mend(table, 'slide-missing', /\.tiff"$/);
    await table.save();
    await findings(table.uri, []);
    const split = await open(planted.file('split.csv'));
    await findings(split.uri, ['1 split-one-class', '1 split-incomplete', '6 split-unknown-part'].sort());
    await mend(split, 'split-unknown-part', /"test"/);
    await split.save();
    await findings(split.uri, ['6 patient-in-two-splits']);
    assert.match(await mend(split, 'patient-in-two-splits'), /^Regroup by patient: move all slides of "P0" to train$/);
    await split.save();
    await findings(split.uri, ['1 split-one-class']);
  });

  it('explains a key once, and says where its value differs from the paper', async () => {
    const document = await open(planted.file('mistakes.mil.json'));
    const text = await eventually('the hover of the schema', async () => {
      const shown = await hoverText(document, '"topK"');
      return shown.includes('Patches of each slide') && shown;
    });
    assert.equal(times(text, 'Patches of each slide the ranking loss compares'), 1, text);
    assert.equal(times(text, 'Differs from the paper: `10` there, `5` here.'), 1, text);
    assert.match(text, /L_rank = max\(0, margin/);
  });

  it('does the same in YAML', async function () {
    this.timeout(180_000);
    const document = await open(planted.file('mistakes.mil.yaml'));
    await findings(document.uri, ['3 unknown-key', '7 split-one-class', '10 wrong-type', '13 not-a-choice']);
    const text = await hoverText(document, 'margin');
    assert.equal(times(text, 'Margin the top-K mean'), 1, text);
    assert.equal(times(text, 'Differs from the paper: `1` there, `2` here.'), 1, text);
    for (const code of ['unknown-key', 'not-a-choice', 'wrong-type']) {
      await mendAndWait(document, code);
    }
    await findings(document.uri, ['7 split-one-class']);
    assert.ok(document.getText().startsWith('# a few mistakes\nname: mistakes\nseed: 3\n'), document.getText());
  });

  it('completes keys with their defaults, and columns of the table', async () => {
    const labels = async (name: string, text: string): Promise<string[]> => {
      writeFileSync(planted.file(name), text.replace('|', ''));
      const document = await open(planted.file(name));
      const at = document.positionAt(text.indexOf('|'));
      const { items } = await commands.executeCommand<CompletionList>('vscode.executeCompletionItemProvider', document.uri, new Position(at.line, at.character));
      return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    const inYaml = await labels('half.mil.yaml', 'name: a\ncohort:\n  table: cohort.csv\nmining:\n  |\n');
    assert.deepEqual(inYaml.filter((label) => label.startsWith('r')), ['rounds', 'refreshEvery']);
    assert.equal(new Set(inYaml).size, inYaml.length);
    const inJson = await labels('half.mil.json', '{ "name": "a", "cohort": { "table": "cohort.csv" }, "mining": { | } }');
    assert.ok(inJson.includes('rounds') && inJson.includes('hardNegativeRatio'), inJson.join());
    assert.equal(new Set(inJson).size, inJson.length);
    const columns = await labels('columns.mil.json', '{ "name": "a", "cohort": { "table": "cohort.csv", "columns": { "label": "|" } } }');
    assert.ok(columns.includes('patient_id'), columns.join());
    const files = await labels('files.mil.yaml', 'name: a\ncohort:\n  table: |\n');
    assert.ok(files.includes('cohort.csv') && files.includes('split.csv'), files.join());
  });

  it('offers Run, Check and Estimate above the file, and estimates', async function () {
    this.timeout(120_000);
    const file = path.join(root, 'tiny.mil.json');
    const document = await open(file);
    const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 10);
    const actions = lenses.map(({ command }) => command!.command);
    assert.deepEqual(actions.slice(0, 3), ['mil.startRun', 'mil.checkExperiment', 'mil.estimate']);
    assert.deepEqual(await commands.executeCommand('mil.checkExperiment', document.uri), []);
    const estimate = await commands.executeCommand<RunEstimate>('mil.estimate', document.uri);
    assert.equal(estimate.slides, 6);
    assert.ok(estimate.patches.value > 50 && estimate.time.value > 0 && estimate.memory.value > 1e8 && estimate.disk.value > 1e5, JSON.stringify(estimate));
    assert.match(estimate.patches.how, /tissue masks of all slides/);
  });
});
