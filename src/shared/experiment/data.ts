import { z } from 'zod';
import { field, required } from './field.js';

const columns = z.strictObject({
  slide: field(z.string(), 'slide_id', { description: 'Column of the slide id. Ids are strings: "007" stays "007".' }),
  path: field(z.string(), 'path', { description: 'Column of the slide file, relative to `slides`.' }),
  label: field(z.string(), 'label', { description: 'Column of the slide label.' }),
  patient: field(z.string(), 'patient_id', { description: 'Column of the patient (case) id. Without it every slide counts as its own patient, and a warning says so.' }),
  mpp: field(z.string(), 'mpp', { description: 'Column of the level-0 resolution, used where present; else the file must say it.', unit: 'µm/px' }),
  site: field(z.string(), 'site', { description: 'Column of the site (hospital, scanner) a slide comes from; needed only to split by site.' }),
});

const geojsonTruth = z.strictObject({
  format: z.literal('geojson'),
  folder: required(z.string().min(1), { description: 'Folder of `<slide_id>.geojson` files (QuPath layout, level-0 pixels), relative to the experiment file.' }),
  classes: field(z.array(z.string()).min(1), ['tumor', 'tumour', 'Tumor', 'Tumour'], { description: 'Annotation classes that make a patch truly positive.' }),
  minFraction: field(z.number().gt(0).max(1), 0.25, { description: 'Share of a patch that must lie inside such an annotation.' }),
});

const pointsTruth = z.strictObject({
  format: z.literal('points'),
  table: required(z.string().min(1), { description: 'CSV of points in level-0 pixels with columns slide_id, x, y, class, relative to the experiment file.' }),
  classes: required(z.array(z.string()).min(1), { description: 'Point classes that make a patch truly positive.' }),
  minCount: field(z.int().min(1), 1, { description: 'How many such points a patch must contain.' }),
});

/** Which slides, their labels and patients. */
export const cohortSchema = z.strictObject({
  table: required(z.string().min(1), { description: 'Cohort CSV, one slide a row, relative to the experiment file.' }),
  slides: field(z.string(), '', { description: 'Folder the path column is relative to, itself relative to the experiment file. Empty: the folder of the table.' }),
  columns: columns.prefault({}).meta({ description: 'Names of the columns of the cohort table.' }),
  classes: field(z.tuple([z.string(), z.string()], z.string()), ['0', '1'], { description: 'Label values of the negative class and of the positive class, in this order; more positive classes may follow, and each then has a logit of its own.' }),
  negative: field(z.boolean(), true, { description: 'Whether the first class is negative: such slides hold nothing of the others, and hard negatives are mined there. false: every class is something that a slide has (subtypes, at least three), and nothing can be mined.', source: 'ours; DSMIL has one logit a class in both cases' }),
  separator: field(z.string().max(3), '', { description: 'What stands between the classes of a slide that has several, e.g. ";". Empty: a slide has one class.' }),
  truth: z
    .discriminatedUnion('format', [geojsonTruth, pointsTruth])
    .optional()
    .meta({ description: 'Instance truth. Used only to report instance metrics, never to train or to select.' }),
});

/** Which patients train, validate and test. */
export const splitSchema = z.strictObject({
  validation: field(z.number().gt(0).lt(1), 0.2, { description: 'Share of patients that choose epochs, rounds and the threshold; with folds, of the patients outside the fold.' }),
  test: field(z.number().gt(0).lt(1), 0.2, { description: 'Share of patients looked at once, at the end; with folds, each fold is the test set of one run instead.' }),
  seed: field(z.int(), 1, { description: 'Seed of the split, apart from the seed of the run.' }),
  folds: field(z.int().min(0).max(1000), 0, { description: 'Cross-validation: patients are divided into so many folds, and each fold is the test set of a run of its own. 0: one split.' }),
  repeats: field(z.int().min(1).max(1000), 1, { description: 'How often the cross-validation is repeated, each time with folds drawn anew.' }),
  stratify: field(z.boolean(), true, { description: 'Keep the classes in proportion in every part, counted in patients.' }),
  by: field(z.enum(['patient', 'site']), 'patient', { description: 'What test sets are made of: whole patients, or all patients of whole sites (column `cohort.columns.site`). With as many folds as sites, each run leaves one site out.' }),
  heldOut: field(z.number().min(0).lt(1), 0, { description: 'Share of patients kept out of the cross-validation altogether; the model of every fold looks at them once, at its end.' }),
  fold: field(z.int().min(1).nullable(), null, { description: 'Only this fold, counted from 1: how one run of a cross-validation is written. null: all folds.' }),
  repeat: field(z.int().min(1).nullable(), null, { description: 'Only this repeat, counted from 1. null: all repeats.' }),
  file: z.string().optional().meta({ description: 'A given split instead: a file of ours (CSV with columns slide_id and split: train | val | test), of CLAM, TransMIL or STAMP, or a folder with one such file a fold; relative to the experiment file.' }),
});

const fixed = z.strictObject({
  saturation: field(z.number().min(0).max(1), 0.06, { description: 'Tissue is more saturated than this (HSV, 0–1).' }),
  brightness: field(z.number().gt(0).max(1), 1, { description: 'Tissue is no brighter than this (largest of red, green and blue, 0–1); 1 takes any.' }),
});

const annotations = z.strictObject({
  folder: required(z.string().min(1), { description: 'Folder of `<slide_id>.geojson` files (QuPath layout, level-0 pixels), relative to the experiment file.' }),
  include: field(z.array(z.string().min(1)), [], { description: 'Annotation classes outside of which nothing is tissue; every slide then needs its file. Empty: everywhere.' }),
  exclude: field(z.array(z.string().min(1)), [], { description: 'Annotation classes inside of which nothing is tissue.' }),
});

const masks = z.strictObject({
  folder: required(z.string().min(1), { description: 'Folder of `<slide_id>.png` or `.tif` images of whole slides, at any resolution, relative to the experiment file. Black is no tissue, anything else is.' }),
});

const tissue = z.strictObject({
  method: field(z.enum(['otsu', 'otsu-density', 'fixed', 'none']), 'otsu', {
    description: '`otsu`: Otsu threshold on saturation with an absolute floor; `otsu-density`: the same on the optical density of haematoxylin and eosin; `fixed`: the thresholds in `fixed`; `none`: every tile counts as tissue.',
  }),
  fixed: fixed.prefault({}).meta({ description: 'Thresholds of method `fixed`.' }),
  mpp: field(z.number().positive(), 8, { description: 'Resolution at which tissue is looked for.', unit: 'µm/px' }),
  minFraction: field(z.number().min(0).max(1), 0.25, { description: 'Share of a tile that must be tissue.' }),
  minArea: field(z.number().min(0), 10_000, { description: 'Specks smaller than this are dropped.', unit: 'µm²' }),
  maxHole: field(z.number().min(0).nullable(), null, { description: 'Closed holes smaller than this are filled; null: those smaller than `minArea`.', unit: 'µm²' }),
  rejectPen: field(z.boolean(), false, { description: 'Pen marks and ink (blue, green, black, red) are no tissue. Off: which patches a cohort has is then a choice that somebody made.' }),
  rejectBlur: field(z.boolean(), false, { description: 'Fields out of focus are no tissue. Reads all tissue at about 1 µm/px once.' }),
  annotations: annotations.optional().meta({ description: 'Annotations by hand: what `method` finds counts only inside of some and outside of others. With method `none` they alone decide.' }),
  masks: masks.optional().meta({ description: 'Masks of your own as images, stretched over level 0: what `method` finds counts only where they are not black. With method `none` they alone decide.' }),
});

const stain = z.strictObject({
  method: field(z.enum(['none', 'macenko', 'vahadane']), 'none', { description: 'Brings the staining of each slide to one reference, measured once a slide on its tissue: `macenko` by the extreme directions of its colours, `vahadane` by sparse non-negative factorisation (slower, keeps structures apart better); `none` leaves pixels as they are.', source: 'Macenko et al. 2009; Vahadane et al. 2016' }),
  reference: z.string().min(1).optional().meta({ description: 'Image whose staining is the reference, relative to the experiment file. Without it: the reference that Macenko et al. published.' }),
});

/** How slides become patches. */
export const tilingSchema = z.strictObject({
  mpp: field(z.number().positive(), 0.5, { description: 'Resolution of the patches; 0.5 is about 20×.', unit: 'µm/px', source: 'paper §4: 20× magnification' }),
  size: field(z.int().min(8).max(2048), 224, { description: 'Edge of a patch at that resolution.', unit: 'px' }),
  overlap: field(z.int().min(0), 0, { description: 'Overlap of neighbouring patches at that resolution.', unit: 'px' }),
  partial: field(z.boolean(), false, { description: 'Keep patches that reach beyond the right or bottom edge of the slide; what lies beyond shows the background and is no tissue.' }),
  tissue: tissue.prefault({}).meta({ description: 'Tissue detection.' }),
  stain: stain.prefault({}).meta({ description: 'Stain normalisation. Patches are cut with it: every encoder sees them so.' }),
});
