import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inferCohort, withResolutions, writeExperiment } from '../../../../src/cohort/infer/index.js';
import { idsOf, namesOf, patientOf } from '../../../../src/cohort/infer/identity.js';
import { orderClasses } from '../../../../src/cohort/infer/labels.js';
import { parseExperiment } from '../../../../src/shared/experiment/parse.js';
import { checkCohort } from '../../../../src/cohort/check.js';
import { writeDicom, type DicomFixture } from '../../../fixtures/dicom.js';
import { paintSlide, scratchFolder, write } from '../fixtures.js';

function folderOf(files: Record<string, string>): string {
  const folder = join(scratchFolder(), 'data');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    write(folder, name, text);
  }
  return folder;
}

const tcga = (patient: string, uuid: string): string => `TCGA-AA-${patient}-01Z-00-DX1.${uuid}`;

describe('ids and patients', () => {
  it.each([
    ['TCGA-AA-3518-01Z-00-DX1.7b1e', 'TCGA-AA-3518'],
    ['C3L-00503-21', 'C3L-00503'],
    ['patient_017_node_2', 'patient_017'],
    ['GTEX-1117F-0126', 'GTEX-1117F'],
    ['slide-007', undefined],
    ['TCGA-AA-35189', undefined],
  ])('%s is of %s', (id, patient) => expect(patientOf(id)).toBe(patient));

  it('keeps ids apart where files bear one name', () => {
    expect(idsOf(['a/1.svs', 'b/1.svs', 'b/2.svs'])).toEqual(['a_1', 'b_1', '2']);
    expect(idsOf(['a/1.svs', 'a/1.png'])).toEqual(['a_1', 'a_1_2']);
  });

  it('knows a TCGA slide by every barcode a table may use, the closest first', () => {
    expect(namesOf('TCGA-AA-3518-01Z-00-DX1.7b1e')).toEqual(['tcga-aa-3518-01z-00-dx1.7b1e', 'tcga-aa-3518-01z-00-dx1', 'tcga-aa-3518-01z-00', 'tcga-aa-3518-01z', 'tcga-aa-3518-01', 'tcga-aa-3518']);
    expect(namesOf('S1-2')).toEqual(['s1-2']);
  });
});

describe('classes', () => {
  it.each([
    [['tumor', 'normal'], ['normal', 'tumor'], true, false],
    [['MSI', 'MSS', 'MSI'], ['MSS', 'MSI'], true, false],
    [['1', '0'], ['0', '1'], true, false],
    [['LUAD', 'LUSC'], ['LUAD', 'LUSC'], true, true],
    [['micro', 'negative', 'macro', 'itc'], ['negative', 'itc', 'macro', 'micro'], true, false],
    [['KIRC', 'KICH', 'KIRP'], ['KICH', 'KIRC', 'KIRP'], false, false],
  ])('%j: %j, the first negative: %j, guessed: %j', (labels, classes, negative, guessed) => expect(orderClasses(labels)).toEqual({ classes, negative, guessed }));

  it('are not guessed from one value, nor from free text', () => {
    expect(orderClasses(['a', 'a'])).toBeUndefined();
    expect(orderClasses(Array.from({ length: 20 }, (_, i) => `note ${i}`))).toBeUndefined();
  });
});

describe('DICOM slides', () => {
  const dicom = (series: string, side: number, sopClass?: string): DicomFixture => ({ width: side, height: side, tile: side, frames: [Buffer.alloc(side * side * 3)], series, sopClass });

  it('are folders of one series; where one folder holds several, the largest file stands for each', async () => {
    const folder = folderOf({ 'case-1/readme.txt': 'x', 'flat/readme.txt': 'x', 'ct/readme.txt': 'x' });
    writeDicom(join(folder, 'case-1'), 'level-0.dcm', dicom('1.1', 64));
    writeDicom(join(folder, 'case-1'), 'level-1.dcm', dicom('1.1', 32));
    writeDicom(join(folder, 'flat'), 'a0.dcm', dicom('1.2', 32));
    writeDicom(join(folder, 'flat'), 'a1.dcm', dicom('1.2', 64));
    writeDicom(join(folder, 'flat'), 'b.dcm', dicom('1.3', 32));
    writeDicom(join(folder, 'ct'), 'c.dcm', dicom('1.4', 32, '1.2.840.10008.5.1.4.1.1.2'));
    const { slides, notes } = await inferCohort(folder);
    expect(slides.map(({ id, file }) => [id, file])).toEqual([['case-1', 'case-1'], ['a1', 'flat/a1.dcm'], ['b', 'flat/b.dcm']]);
    expect(notes).toContain('1 files of formats that cannot be read were left out.');
  });
});

describe('a folder becomes a cohort', () => {
  it('with labels by TCGA case from a table one level above, tumour type among other columns', async () => {
    const folder = folderOf({
      [`slides/x/${tcga('0001', 'a1')}.svs`]: 'x',
      [`slides/${tcga('0002', 'b2')}.svs`]: 'x',
      [`slides/${tcga('0003', 'c3')}.svs`]: 'x',
      'slides/.hidden/TCGA-AA-0009-01Z.svs': 'x',
      'slides/masks/TCGA-AA-0002-mask.png': 'x',
      'clinical.csv': 'case_submitter_id;sex;msi\nTCGA-AA-0001;f;MSI\nTCGA-AA-0002;m;MSS\nTCGA-AA-0003;m;NA\n',
      'other.csv': 'a,b\n1,2\n',
    });
    const cohort = await inferCohort(join(folder, 'slides'));
    // Two columns of two values: which one is meant cannot be told.
    expect(cohort.slides.map(({ label }) => label)).toEqual([undefined, undefined, undefined]);
    expect(cohort.notes.join(' ')).toContain('(sex, msi?)');
    write(folder, 'clinical.csv', 'case_submitter_id;sex;status\nTCGA-AA-0001;f;MSI\nTCGA-AA-0002;m;MSS\nTCGA-AA-0003;m;NA\n');
    const labelled = await inferCohort(join(folder, 'slides'));
    expect(labelled.slides.map(({ id, patient, label }) => [id.slice(0, 12), patient, label])).toEqual([
      ['TCGA-AA-0002', 'TCGA-AA-0002', 'MSS'],
      ['TCGA-AA-0003', 'TCGA-AA-0003', undefined],
      ['TCGA-AA-0001', 'TCGA-AA-0001', 'MSI'],
    ]);
    expect(labelled.classes).toEqual(['MSS', 'MSI']);
    expect(labelled.notes.join(' ')).toContain('1 slides have none');
  });

  it('of features, by file names in a table, with one round', async () => {
    const folder = folderOf({ 'h5_files/s1.h5': '', 'h5_files/s2.h5': '', 'h5_files/s10.h5': '', 'patches/s1.h5': '', 'old/s1.h5': '', 'labels.csv': 'file,patient,grade\nslides/s1.svs,p1,low\ns2.svs,p1,high\ns10.svs,p2,low\n' });
    const cohort = await inferCohort(folder);
    expect(cohort).toMatchObject({ kind: 'features', features: 'h5_files', classes: ['high', 'low'] });
    expect(cohort.slides.map(({ id, patient, label }) => [id, patient, label])).toEqual([['s1', 'p1', 'low'], ['s2', 'p1', 'high'], ['s10', 'p2', 'low']]);
    const { experimentFile, cohortFile } = writeExperiment(cohort, folder, folder);
    expect(readFileSync(cohortFile, 'utf8')).toBe('slide_id,label,patient_id\ns1,low,p1\ns2,high,p1\ns10,low,p2\n');
    const { experiment, diagnostics } = parseExperiment(readFileSync(experimentFile, 'utf8'), experimentFile);
    expect(diagnostics).toEqual([]);
    expect(experiment).toMatchObject({ name: 'data', encoder: { kind: 'features', folder: 'h5_files' }, mining: { rounds: 1 } });
  });

  it('of tensors that PyTorch saved, where no .h5 holds the same slide', async () => {
    const tensors = await inferCohort(folderOf({ 'pt_files/s1.pt': '', 'pt_files/s2.pt': '', 'patches/s1.h5': '' }));
    expect(tensors).toMatchObject({ kind: 'features', features: 'pt_files', slides: [{ id: 's1' }, { id: 's2' }] });
    expect(tensors.notes.join(' ')).toContain('encoder.coords');
    const both = await inferCohort(folderOf({ 'h5_files/s1.h5': '', 'h5_files/s2.h5': '', 'a_pt_files/s1.pt': '', 'a_pt_files/s2.pt': '' }));
    expect(both).toMatchObject({ features: 'h5_files' });
    const mixed = await inferCohort(folderOf({ 'f/s1.h5': '', 'f/s1.pt': '', 'f/s2.pt': '' }));
    expect(mixed.slides.map(({ file }) => file)).toEqual(['f/s1.h5', 'f/s2.pt']);
  });

  it('never takes a label from a path', async () => {
    const cohort = await inferCohort(folderOf({ 'tumor/1.png': 'x', 'normal/2.png': 'x' }));
    expect(cohort.slides.map(({ label }) => label)).toEqual([undefined, undefined]);
    expect(cohort.notes).toContain('No table names these slides: fill the label column of the cohort table.');
  });

  it('that the check then takes, or says cell by cell what is missing', async () => {
    const folder = scratchFolder();
    for (const name of ['a.png', 'b.png', 'c.png', 'd.png']) await paintSlide(folder, name);
    write(folder, 'labels.csv', 'slide_id,label,mpp,patient_id\na,0,0.5,p1\nb,1,0.5,p2\nc,0,,p3\nd,1,1.5,p4\n');
    const cohort = await withResolutions(await inferCohort(folder), folder);
    expect(cohort.notes.join(' ')).toContain('1 slides do not say how many µm');
    const { experimentFile, cohortFile } = writeExperiment(cohort, folder, folder);
    expect(readFileSync(cohortFile, 'utf8').split('\n')[3]).toBe('c,c.png,0,p3,');
    const { experiment } = parseExperiment(readFileSync(experimentFile, 'utf8'), experimentFile);
    expect(experiment?.tiling.mpp).toBe(1.5);
    const found = await checkCohort({ ...experiment!, split: { ...experiment!.split, validation: 0.25, test: 0.25 } }, folder);
    expect(found.filter(({ code }) => code === 'mpp-unknown').map(({ place }) => place.line)).toEqual([4]);
  });

  it('and writes over nothing', async () => {
    const folder = folderOf({ 'slides/1.png': 'x', 'cohort.csv': 'mine', 'slides.mil.json': 'mine too' });
    const { experimentFile, cohortFile } = writeExperiment(await inferCohort(join(folder, 'slides')), join(folder, 'slides'), folder);
    expect([cohortFile, experimentFile]).toEqual([join(folder, 'cohort-2.csv'), join(folder, 'slides-2.mil.json')]);
    expect(readFileSync(join(folder, 'cohort.csv'), 'utf8')).toBe('mine');
    expect(JSON.parse(readFileSync(experimentFile, 'utf8'))).toEqual({ name: 'slides', cohort: { table: 'cohort-2.csv', slides: 'slides' } });
  });

  it('unless there is nothing to read', async () => {
    await expect(inferCohort(folderOf({ 'readme.txt': 'x' }))).rejects.toMatchObject({ code: 'slide-missing', what: 'There are neither slides nor features here.' });
    await expect(inferCohort(folderOf({ 'a.czi': 'x' }))).rejects.toThrow('.czi');
    await expect(inferCohort(join(folderOf({ 'a.txt': '' }), 'nowhere'))).rejects.toMatchObject({ code: 'file-missing' });
  });
});
