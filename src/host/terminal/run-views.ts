import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import { stageNames, type RunEvent, type Stage } from '../../shared/run/events.js';
import { formatDuration } from '../../shared/units.js';
import { note, print } from './print.js';

/** How a run shows itself while it goes on. */
export interface RunView {
  event(event: RunEvent): void;
  /** A line of the host's own, e.g. that it is stopping. */
  say(line: string): void;
  close(): void;
}

/** Every event as a JSON line on standard output. */
export function jsonView(): RunView {
  return { event: (event) => print(JSON.stringify(event)), say: note, close: () => undefined };
}

/** What happened, a sentence a line: for pipes and log files that people read. */
export function linesView(): RunView {
  return {
    event(event) {
      const line = sentence(event);
      if (line) note(line);
    },
    say: note,
    close: () => undefined,
  };
}

/** A bar for the stage under way, and above it the lines of what is done. */
export function barsView(): RunView {
  const bars = new MultiBar({ format: '{stage} {bar} {percentage}% {done}', hideCursor: true, clearOnComplete: true, forceRedraw: true, barsize: 28, emptyOnZero: true }, Presets.shades_classic);
  let bar: SingleBar | undefined;
  const clear = (): void => {
    if (bar) bars.remove(bar);
    bar = undefined;
  };
  return {
    event(event) {
      if (event.type === 'stage-started') {
        clear();
        bar = bars.create(1, 0, { stage: stageText(event).padEnd(24), done: '' });
      } else if (event.type === 'progress') {
        bar?.setTotal(event.total);
        bar?.update(event.done, { done: `${event.done}/${event.total} ${event.unit}` });
      } else {
        if (event.type === 'stage-finished') clear();
        const line = sentence(event);
        if (line) bars.log(`${line}\n`);
      }
      bars.update();
    },
    say: (line) => void bars.log(`${line}\n`),
    close() {
      clear();
      bars.update();
      bars.stop();
    },
  };
}

/** The events worth a line to a person; undefined for the others. */
function sentence(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'run-started':
      return `${event.resumed ? 'Resuming' : 'Training'} "${event.name}" on ${event.engine}`;
    case 'stage-finished':
      return event.milliseconds < 500 ? undefined : `  ${stageText(event).padEnd(24)} ${formatDuration(event.milliseconds)}`;
    case 'mined': {
      const { positives, hardNegatives, added, dropped, judgements } = event.summary;
      const left = judgements ? judgements.artefacts + judgements.mislabelled + judgements.positivesLeft : 0;
      return `  Mined ${hardNegatives} hard negatives and ${positives} positives (${added} new, ${dropped} gone${left > 0 ? `, ${left} left out as people judged` : ''})`;
    }
    case 'round-finished': {
      const { auroc } = event.metrics.validation;
      return `Round ${event.round}: validation AUROC ${auroc.value === null ? 'undefined' : auroc.value.toFixed(3)}`;
    }
    case 'slide-opened':
      return event.format.startsWith('openslide') ? `  Slide "${event.slide}" is read by ${event.format}` : undefined;
    case 'warning':
      return `Warning ${event.code}: ${event.slide === undefined ? '' : `slide "${event.slide}": `}${event.message}`;
    case 'run-stopped':
      return event.reason === 'paused' ? 'Paused; waiting to go on.' : undefined;
    default:
      return undefined;
  }
}

function stageText({ stage, round }: { stage: Stage; round: number }): string {
  return `${stageNames[stage]}${round > 0 ? ` (${round})` : ''}`;
}
