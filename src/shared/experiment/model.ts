import { z } from 'zod';
import { field, required } from './field.js';

/** Augmentations of the contrastive views; seeded, applied in this order. Extraction never augments. */
export const augmentationSchema = z.strictObject({
  crop: field(z.tuple([z.number().gt(0).max(1), z.number().gt(0).max(1)]), [0.4, 1], { description: 'Random resized crop: range of the share of the area kept. [1, 1] turns it off.', source: 'SimCLR' }),
  flip: field(z.boolean(), true, { description: 'Random horizontal and vertical flips.' }),
  rotate: field(z.boolean(), true, { description: 'Random rotation by multiples of 90°.' }),
  stain: field(z.number().min(0).max(1), 0.1, { description: 'H&E-space jitter: each stain is scaled by 1 ± this and shifted by ± this/5 (optical density).' }),
  color: field(z.number().min(0).max(1), 0.2, { description: 'Brightness, contrast and saturation jitter, each by a factor of 1 ± this.' }),
  blur: field(z.number().min(0).max(1), 0.2, { description: 'Probability of a Gaussian blur (sigma 0.3–1.2 px).' }),
});

const pretrain = z.strictObject({
  epochs: field(z.int().min(0), 20, { description: 'SimCLR epochs on the training patches before round 1; 0 starts from random weights.', unit: 'epochs', source: 'ours: the paper starts from published SimCLR weights' }),
  batch: field(z.int().min(2), 32, { description: 'Patches a step; each is seen as two views. A ResNet-18 at 224 px was seen to take 5.2 GB with 32.', unit: 'patches' }),
  lr: field(z.number().positive(), 1e-3, { description: 'Peak learning rate (Adam, cosine decay).' }),
  temperature: field(z.number().positive(), 0.1, { description: 'NT-Xent temperature.', source: 'SimCLR' }),
  patchesPerEpoch: field(z.int().min(1), 4096, { description: 'At most so many training patches an epoch, drawn anew each epoch.', unit: 'patches' }),
});

const resnet = z.strictObject({
  kind: z.literal('resnet'),
  depth: field(z.union([z.literal(10), z.literal(18)]), 18, { description: 'Layers of the ResNet.', source: 'paper §4: ResNet-18' }),
  width: field(z.number().min(0.125).max(2), 1, { description: 'Channel multiplier; 1 is 64–512 channels.' }),
  projection: field(z.int().min(8), 256, { description: 'Size of the projection head the contrastive loss sees.', unit: 'features' }),
  weights: z.string().optional().meta({ description: 'Safetensors with torchvision names to start from instead of pre-training, relative to the experiment file.' }),
  pretrain: pretrain.prefault({}).meta({ description: 'SimCLR pre-training on the cohort\'s own training patches.' }),
});

const adapter = z.strictObject({
  hidden: field(z.int().min(8), 256, { description: 'Hidden size of the residual adapter.', unit: 'features' }),
  views: field(z.int().min(1).max(16), 4, { description: 'Augmented views of each training patch whose features are cached for fine-tuning.' }),
});

const onnx = z.strictObject({
  kind: z.literal('onnx'),
  file: required(z.string().min(1), { description: 'ONNX encoder: image batch in, (N, D) features out; relative to the experiment file.' }),
  inputSize: field(z.int().min(8), 224, { description: 'Edge of the images the file expects; patches are resized to it.', unit: 'px' }),
  layout: field(z.enum(['nhwc', 'nchw']), 'nchw', { description: 'Order of the axes of the input.' }),
  normalisation: field(z.enum(['imagenet', 'minus1to1', '0to1']), 'imagenet', { description: 'Scaling of the pixels the file expects.' }),
  batch: field(z.int().min(1), 16, { description: 'Images an inference call.', unit: 'patches' }),
  adapter: adapter.nullable().prefault({}).meta({ description: 'Trainable residual adapter on the frozen features; null: the features are used as they are and no round fine-tunes.' }),
});

const features = z.strictObject({
  kind: z.literal('features'),
  folder: required(z.string().min(1), { description: 'Folder of feature stores, relative to the experiment file: `<slide_id>.h5` in the layout of CLAM, TRIDENT or STAMP, or `<slide_id>.pt`, one tensor saved by PyTorch.' }),
  coords: z.string().min(1).optional().meta({ description: 'Folder with the coordinates, where the stores hold none: `<slide_id>.h5` (CLAM) or `<slide_id>_patches.h5` (TRIDENT), relative to the experiment file.' }),
  patchSize: field(z.number().positive(), 256, { description: 'Edge of a patch where the store does not say it.', unit: 'level-0 px' }),
});

/** What turns patches into features. */
export const encoderSchema = z.discriminatedUnion('kind', [resnet, onnx, features]);

const pooling = z.strictObject({
  highest: field(z.int().min(1), 10, { description: 'top-k: the slide logit is the mean of the so many highest patch logits; clipped to the bag.', unit: 'patches', source: 'ours: the K of the ranking loss' }),
  sharpness: field(z.number().positive(), 5, { description: 'lse: near 0 the slide logit is the mean of the patch logits, far above it is their maximum.', equation: '(1/r) · log(mean exp(r · c)), r the sharpness', source: 'Pinheiro and Collobert 2015' }),
});

const clam = z.strictObject({
  clusterSize: field(z.int().min(1), 8, { description: 'B: so many most and least attended patches are told apart by the instance loss; clipped to half of the bag.', unit: 'patches', source: 'CLAM (Lu et al. 2021)' }),
  clusterWeight: field(z.number().min(0).lt(1), 0.3, { description: 'Weight of the instance loss; the slide loss beside it has 1 − this.', equation: 'L = 0.7 · L_slide + 0.3 · L_instance', source: 'CLAM (Lu et al. 2021)' }),
  outOfClass: field(z.boolean(), true, { description: 'Whether the most attended patches of a slide that has not a class are taught not to be of it. Without it negative slides have no instance loss.', source: 'CLAM, for classes that exclude each other', reference: false }),
});

const dtfd = z.strictObject({
  pseudoBags: field(z.int().min(1).max(64), 5, { description: 'Pseudo-bags a slide is dealt to.', unit: 'pseudo-bags', source: 'DTFD-MIL (Zhang et al. 2022), CAMELYON-16' }),
  distillation: field(z.enum(['afs', 'max']), 'afs', { description: 'What tier 2 sees of a pseudo-bag: its embedding (afs), or its patch of the highest class activation (max).', source: 'DTFD-MIL: AFS' }),
});

const acmil = z.strictObject({
  branches: field(z.int().min(1).max(32), 5, { description: 'Branches of attention.', unit: 'branches', source: 'ACMIL (Zhang et al. 2024)' }),
  maskFrom: field(z.int().min(1), 10, { description: 'Most attended patches of each branch that masking chooses from; clipped to the bag.', unit: 'patches', source: 'ACMIL (Zhang et al. 2024)' }),
  masked: field(z.number().min(0).lt(1), 0.6, { description: 'Share of them that is masked in a training step.', source: 'ACMIL (Zhang et al. 2024)' }),
});

/** What turns the patches of a slide into a prediction. */
export const aggregatorSchema = z.strictObject({
  kind: field(z.enum(['dsmil', 'abmil', 'gated-abmil', 'clam-sb', 'clam-mb', 'transmil', 'dtfd', 'acmil', 'max', 'mean', 'top-k', 'lse']), 'dsmil', { description: 'The aggregator.', equation: 'dsmil: m = argmax c, A = softmax(Q·Q_m / √attention), slide logit = Linear(AᵀV)', source: 'paper §3: DSMIL' }),
  attention: field(z.int().min(1), 128, { description: 'Size of the attention queries. TransMIL has none of its own; CLAM\'s paper has 256.', unit: 'features', source: 'DSMIL reference' }),
  hidden: field(z.int().min(1), 512, { description: 'Size of the hidden layer of all but DSMIL, which keeps the feature size, and the poolings, which have none. TransMIL has hidden/2 landmarks and 8 heads.', unit: 'features' }),
  standardise: field(z.boolean(), false, { description: 'Features are centred and scaled by their mean and standard deviation over the training patches, before the aggregator sees them.', source: 'ours: with features of a small or little trained encoder the patch logits hardly leave zero without it' }),
  dropout: field(z.number().min(0).lt(1), 0, { description: 'Dropout on the values.', source: 'DSMIL reference' }),
  pooling: pooling.prefault({}).meta({ description: 'Options of top-k and lse.' }),
  clam: clam.prefault({}).meta({ description: 'Options of clam-sb and clam-mb.' }),
  dtfd: dtfd.prefault({}).meta({ description: 'Options of dtfd.' }),
  acmil: acmil.prefault({}).meta({ description: 'Options of acmil.' }),
});

/** L = bag + instance + ranking on a (positive, negative) pair of slides. */
export const lossSchema = z.strictObject({
  bag: field(z.number().min(0), 0.5, { description: 'Weight of the slide cross-entropy.', equation: 'L = bag · ½(BCE⁺ + BCE⁻)(slide logit) + instance · ½(BCE⁺ + BCE⁻)(max c) + ranking · L_rank', source: 'reference code' }),
  instance: field(z.number().min(0), 0.5, { description: 'Weight of the cross-entropy of the highest patch.', equation: '½(BCE⁺ + BCE⁻)(max c), c the patch logits of a slide', source: 'reference code' }),
  ranking: field(z.number().min(0), 0.1, { description: 'Weight of the patch-wise ranking loss.', equation: 'L_rank = max(0, margin − mean(topK c⁺) + mean(topK c⁻))', source: 'paper §3' }),
  topK: field(z.int().min(1), 10, { description: 'Patches of each slide the ranking loss compares; clipped to the bag.', unit: 'patches', equation: 'L_rank = max(0, margin − mean(topK c⁺) + mean(topK c⁻))', source: 'paper §3' }),
  margin: field(z.number().min(0), 1, { description: 'Margin the top-K mean of the positive slide must keep above the negative one.', equation: 'L_rank = max(0, margin − mean(topK c⁺) + mean(topK c⁻))', source: 'paper §3' }),
  scoreSpace: field(z.enum(['logit', 'probability']), 'logit', { description: 'Whether the ranking loss compares logits or probabilities.', source: 'reference code' }),
  posWeight: field(z.number().positive(), 1, { description: 'Factor on both cross-entropies, of the positive and of the negative slide.', source: 'reference code, which passes its pos_weight as torch\'s weight' }),
});
