import { describe, expect, it } from 'vitest';
import { planCohort } from '../../../src/sample/cohort/plan.js';
import { truthOf } from '../../../src/sample/cohort/truth.js';
import { mimicKinds } from '../../../src/sample/scene/layout.js';
import { composeScene } from '../../../src/sample/slide.js';
import { Random } from '../../../src/shared/random.js';

const seeds = Array.from({ length: 16 }, (_, i) => i + 1);
const scenes = seeds.flatMap((seed) => ([0, 1] as const).map((label) => ({ seed, label, scene: composeScene(512, label, new Random(seed)) })));

describe('composeScene', () => {
  it('puts tumour on every positive slide and on no negative one', () => {
    for (const { label, scene } of scenes) expect(scene.regions.some(({ kind }) => kind === 'tumour')).toBe(label === 1);
  });

  it('puts a mimic on every negative slide', () => {
    for (const { label, scene } of scenes) if (label === 0) expect(scene.regions.some(({ kind }) => mimicKinds.includes(kind))).toBe(true);
  });

  it('puts mimics and artefacts on some positive slides too', () => {
    const positives = scenes.filter(({ label }) => label === 1).map(({ scene }) => scene);
    expect(positives.some(({ regions }) => regions.some(({ kind }) => mimicKinds.includes(kind)))).toBe(true);
    expect(positives.some(({ artefacts }) => artefacts.folds.length > 0)).toBe(true);
    expect(positives.some(({ artefacts }) => artefacts.pens.length > 0)).toBe(true);
  });

  it('keeps regions on tissue and apart from one another', () => {
    for (const { scene } of scenes) {
      for (const { blob } of scene.regions) {
        for (const [x, y] of blob.outline()) {
          expect(scene.outline.depth(x, y)).toBeGreaterThan(0);
          for (const other of scene.regions) if (other.blob !== blob) expect(other.blob.depth(x, y)).toBeLessThan(0);
        }
      }
    }
  });

  it('leaves glass around the tissue', () => {
    for (const { scene } of scenes) {
      for (let i = 0; i < 512; i += 8) for (const [x, y] of [[i, 0], [i, 511], [0, i], [511, i]]) expect(scene.outline.cover(x, y)).toBe(0);
    }
  });
});

describe('truthOf', () => {
  it('annotates in closed rings within the slide, in the layout of QuPath', () => {
    for (const { scene, seed } of scenes) {
      for (const { geometry, properties, id } of truthOf(scene, new Random(seed)).features) {
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(properties).toMatchObject({ objectType: 'annotation', classification: { name: expect.stringMatching(/^(tumor|mimic|fold|pen|tissue)$/) } });
        const [ring] = geometry.coordinates;
        expect(ring.at(-1)).toEqual(ring[0]);
        for (const coordinate of ring.flat()) expect(coordinate).toSatisfy((value: number) => value >= 0 && value <= 512);
      }
    }
  });
});

describe('planCohort', () => {
  it('gives each class three patients or more, and some patients two slides', () => {
    for (const count of [6, 7, 8, 12, 25]) {
      const plan = planCohort(count, new Random(count));
      expect(new Set(plan.map(({ id }) => id)).size).toBe(count);
      for (const label of [0, 1]) expect(new Set(plan.filter((slide) => slide.label === label).map(({ patient }) => patient)).size).toBeGreaterThanOrEqual(3);
      expect(new Set(plan.map(({ patient }) => patient)).size < count).toBe(count >= 7);
    }
  });
});
