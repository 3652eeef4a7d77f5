/**
 * npm run bench [-- --only CASE --device webgpu --engine wasm --threads N --rounds N --json FILE]
 * Our engine and PyTorch at its best setting, our slide reader and OpenSlide, take turns in one run; medians and ratios.
 */
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Engine } from '../../src/engine/contract.js';
import { describeEngine, openEngine } from '../../src/engine/index.js';
import { collectSeldom } from '../../src/host/heap.js';
import { createOnnxEngine } from '../../src/engine/onnx/index.js';
import type { BenchCase } from './cases/case.js';
import { dsmilCase } from './cases/dsmil.js';
import { pyramidCase } from './cases/slides-pyramid.js';
import { slideCases } from './cases/slides.js';
import { explainCases } from './cases/explain.js';
import { explainCommandCase } from './cases/explain-command.js';
import { extractionCase } from './cases/extraction.js';
import { lintCases } from './cases/lint.js';
import { supconCases } from './cases/supcon.js';
import { contest } from './contest.js';
import { judge, renderMarkdown, type CaseResult } from './report.js';
import { TorchProcess, torchInstall } from './torch/process.js';

const cases: readonly BenchCase[] = [dsmilCase, ...supconCases, extractionCase, ...slideCases, pyramidCase, ...lintCases, ...explainCases, explainCommandCase];

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    device: { type: 'string', default: 'cpu' },
    engine: { type: 'string', default: 'onnx' },
    threads: { type: 'string', default: String(availableParallelism()) },
    rounds: { type: 'string' },
    json: { type: 'string' },
  },
});

async function open(threads: number): Promise<Engine> {
  if (options.engine === 'onnx') return createOnnxEngine({ threads, reason: 'asked for', device: options.device });
  if (options.engine === 'wasm' || options.engine === 'tensorflow') return openEngine({ kind: options.engine, threads });
  throw new Error(`no engine is named "${options.engine}": onnx, wasm, tensorflow`);
}

async function main(): Promise<void> {
  collectSeldom();
  const chosen = options.only ? cases.filter(({ name }) => options.only!.includes(name)) : cases;
  if (chosen.length === 0) throw new Error(`the cases are: ${cases.map(({ name }) => name).join(', ')}`);
  const threads = Number(options.threads);
  const engine = await open(threads);
  const torch = await TorchProcess.start(threads);
  if (!torch) console.error(`PyTorch is not here, so there is nothing to compare with. On Debian: ${torchInstall}\n`);
  const folder = await mkdtemp(join(tmpdir(), 'hardmine-bench-'));
  const results: CaseResult[] = [];
  try {
    for (const benchCase of chosen) {
      if (benchCase.missing) {
        console.error(`${benchCase.title}: skipped, ${benchCase.missing}`);
        continue;
      }
      console.error(`${benchCase.title} …`);
      const own = join(folder, benchCase.name);
      await mkdir(own);
      results.push(judge(benchCase, await contest(await benchCase.prepare({ engine, torch, folder: own }), { ...benchCase, rounds: Number(options.rounds ?? benchCase.rounds) })));
    }
  } finally {
    torch?.close();
    await rm(folder, { recursive: true });
  }
  const report = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, Node ${process.versions.node}`,
    engine: describeEngine(engine.info),
    torch: torch ? `PyTorch ${torch.version}, ${torch.threads} threads${torch.cuda ? `, ${torch.cuda}` : ''}` : 'no PyTorch',
    results,
  };
  if (options.json) await writeFile(options.json, `${JSON.stringify(report, undefined, 2)}\n`);
  console.log(renderMarkdown(report));
  process.exit(0);
}

void main();
