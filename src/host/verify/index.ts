import type { Engine } from '../../engine/contract.js';
import { Misfit } from './arrays.js';
import { verifyDsmil } from './dsmil.js';
import { goldenInvalid, readGolden, type Golden } from './golden.js';
import { verifyMetrics, verifySchedule, verifySelection } from './on-host.js';
import { Section } from './section.js';
import { verifySupcon } from './supcon.js';
import type { VerifyReport } from './report.js';

export { renderVerify } from './render.js';
export type { VerifyReport } from './report.js';
export type { SectionReport } from './section.js';

/** What float32 engines must keep to. */
const tolerance = 1e-4;

/**
 * Computes everything a golden file holds and says how far off it is: DSMIL and SupCon on the
 * engine in float32; selection, metrics and schedule on the host in float64.
 *
 * @throws HardmineError `golden-invalid` naming the path inside the file.
 */
export async function verifyGolden(file: string, engine: Engine): Promise<VerifyReport> {
  const golden = await readGolden(file);
  const section = (name: string) => new Section(name, tolerance);
  const dsmil = { losses: section('dsmil losses'), forward: section('dsmil forward'), gradients: section('dsmil gradients'), finalParameters: section('dsmil final parameters') };
  const supcon = { loss: section('supcon loss'), gradient: section('supcon gradient') };
  const selection = { thresholds: section('selection thresholds'), patches: new Section('selection patches', 0) };
  const metrics = section('metrics');
  const schedule = section('schedule');

  const run = async <Name extends keyof Golden>(name: Name, sections: readonly Section[], verify: (path: string, entry: NonNullable<Golden[Name]>[number]) => Promise<void> | void) => {
    for (const [i, entry] of (golden[name] ?? []).entries()) {
      const path = `${name}[${i}]`;
      try {
        await verify(path, entry as NonNullable<Golden[Name]>[number]);
      } catch (error) {
        throw error instanceof Misfit ? goldenInvalid(file, `${error.message}.`) : error;
      }
      for (const each of sections) each.endEntry();
    }
  };
  await run('dsmil', Object.values(dsmil), (path, entry) => verifyDsmil(path, entry, engine, dsmil));
  await run('supcon', Object.values(supcon), (path, entry) => verifySupcon(path, entry, engine, supcon));
  await run('selection', Object.values(selection), (path, entry) => verifySelection(path, entry, selection));
  await run('metrics', [metrics], (path, entry) => verifyMetrics(path, entry, metrics));
  await run('schedule', [schedule], (path, entry) => verifySchedule(path, entry, schedule));

  const all = [...Object.values(dsmil), ...Object.values(supcon), ...Object.values(selection), metrics, schedule];
  const sections = all.filter((each) => !each.isEmpty).map((each) => each.report());
  return { file, engine: engine.info, tolerance, sections, passed: sections.every(({ passed }) => passed) };
}
