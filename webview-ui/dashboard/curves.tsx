import { BarChart } from '../shared/chart/bar-chart.js';
import { LineChart } from '../shared/chart/line-chart.js';
import type { ChartSettings } from '../shared/chart/spec.js';
import { t } from '../shared/l10n.js';
import { sectionsOf } from './charts/index.js';
import { letterOf } from './charts/naming.js';
import { host } from './connection.js';
import { Controls } from './controls.js';
import { followedRuns } from './follow.js';
import type { FollowedRun } from './followed-run.js';
import { axis, hidden, logScale, runs, smoothing, tables, zoom } from './state.js';

const settings: ChartSettings = {
  hidden,
  tables,
  zoom,
  smoothing,
  log: logScale,
  caption: () => followedRuns().map((run, index) => (runs.peek().length === 1 ? run.folderName : `${letterOf(index)} · ${run.folderName}`)),
  save: (name, content) => void host.save(name, content),
};

/** Every chart of the runs, under a few headings. */
export function Curves({ runs: followed }: { readonly runs: readonly FollowedRun[] }) {
  const sections = sectionsOf(followed, axis.value);
  if (sections.length === 0) return <p class="empty">{followed.length === 0 ? t('No run is shown. Choose one above.') : t('Nothing to draw yet: curves begin with the first finished stage.')}</p>;
  return (
    <>
      <Controls charts={sections.flatMap(({ lines, bars }) => [...lines, ...bars].map(({ id }) => id))} />
      {sections.map(({ id, title, lines, bars }) => (
        <section key={id} aria-labelledby={`section-${id}`}>
          <h2 id={`section-${id}`}>{title}</h2>
          <div class="charts">
            {lines.map((spec) => (
              <LineChart key={spec.id} spec={spec} settings={settings} />
            ))}
            {bars.map((spec) => (
              <BarChart key={spec.id} spec={spec} settings={settings} />
            ))}
          </div>
        </section>
      ))}
    </>
  );
}
