import { expect, it } from 'vitest';
import { openEngine } from '../../src/engine/index.js';
import { renderVerify, verifyGolden } from '../../src/host/verify/index.js';
import { hasReference, reference } from './reference.js';

it.skipIf(!hasReference)('onnx computes the reference numbers', async () => {
  const engine = await openEngine({ kind: 'onnx', threads: 2 });
  const report = await verifyGolden(reference, engine);
  engine.dispose();
  expect(report.passed, renderVerify(report)).toBe(true);
  expect(report.sections).toHaveLength(10);
});
