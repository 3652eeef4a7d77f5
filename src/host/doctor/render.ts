import { formatBytes } from '../../shared/units.js';
import { renderTable } from '../terminal/table.js';
import type { DoctorReport, EngineReport, LibraryReport } from './report.js';

/** The report for a terminal. */
export function renderDoctor({ machine, packages, openslide, openjpeg, gpus, engines, auto, advice }: DoctorReport): string {
  const facts = [
    ['Node', `${machine.node}, ${machine.platform}`],
    ['CPU', `${machine.cpu}, ${machine.cores} ${machine.cores === 1 ? 'core' : 'cores'}`],
    ['Memory', `${formatBytes(machine.memory.total)}, ${formatBytes(machine.memory.free)} free`],
    ['Disk', `${formatBytes(machine.disk.free)} free in ${machine.disk.folder}`],
    ['GPU', gpus.length > 0 ? gpus.join('; ') : 'no NVIDIA driver found'],
    ['OpenSlide', libraryLine(openslide, 'It reads MIRAX, Leica SCN, Ventana BIF, Hamamatsu and other slides.')],
    ['OpenJPEG', libraryLine(openjpeg, 'It reads JPEG 2000 faster than WebAssembly does.')],
    ...packages.map(({ name, version, problem }) => [name, version ?? `does not load: ${problem}`]),
  ];
  const width = Math.max(...facts.map(([name]) => name!.length));
  return [
    ...facts.map(([name, value]) => `${name!.padEnd(width)}  ${value}`),
    '',
    renderEngines(engines),
    '',
    auto.loads ? `\`engine: auto\` takes ${auto.kind} here: ${auto.reason}.` : `\`engine: auto\` finds nothing: ${auto.problem}`,
    '',
    ...(advice.length > 0 ? ['To do:', ...advice.map((line) => `  - ${line}`)] : ['All is well.']),
  ].join('\n');
}

/** Missing is no fault: it says what would be gained. */
function libraryLine({ version, file, problem, remedy }: LibraryReport, gain: string): string {
  return version ? `${version} (${file})` : `${problem} ${gain} ${remedy}`;
}

/** One engine for a terminal. */
export function renderEngine(engine: EngineReport): string {
  return renderEngines([engine]);
}

/** A table of them, and below it why those that are not there are not. */
function renderEngines(engines: readonly EngineReport[]): string {
  const missing = engines.filter(({ loads }) => !loads).map(({ kind, device, problem, remedy }) => `  ${kind} (${device}): ${[problem, remedy].filter(Boolean).join(' ')}`);
  return [renderTable([['engine', 'device', 'speed', 'threads', 'version'], ...engines.map(row)]), ...missing].join('\n');
}

function row({ kind, device, loads, version, threads, gigaflops }: EngineReport): string[] {
  if (!loads) return [kind, device, 'not there', '', ''];
  return [kind, device, gigaflops === undefined ? '' : `${gigaflops.toFixed(gigaflops < 10 ? 1 : 0)} GFLOP/s`, String(threads), version ?? ''];
}
