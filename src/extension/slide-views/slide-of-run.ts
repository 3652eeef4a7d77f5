import type { Session } from '../session.js';

/** The slide of the newest run's cohort that a file is; null where it is none of them. */
export async function slideOfRun({ runs, service, log }: Session, path: string): Promise<{ readonly run: string; readonly slide: string } | null> {
  const [newest] = await runs.known();
  if (!newest) return null;
  try {
    const { slides } = await service.calls.cohortOf(newest.run);
    const slide = slides.find((row) => row.path === path);
    return slide ? { run: newest.run, slide: slide.id } : null;
  } catch (error) {
    log.warn(`The slides of ${newest.run} are not known: ${String(error)}`);
    return null;
  }
}
