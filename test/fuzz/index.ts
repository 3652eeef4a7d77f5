import { parseArgs } from 'node:util';
import { runCampaign } from './campaign.js';

// Reads damaged slides of every format: npx tsx test/fuzz/index.ts --files 20000 --seed 1 [--openslide] [--format NAME] [--keep FOLDER]

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { files: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' }, openslide: { type: 'boolean', default: false }, format: { type: 'string' }, keep: { type: 'string' } } });
  const start = Date.now();
  const report = await runCampaign({ files: Number(values.files), seed: Number(values.seed), openslide: values.openslide, format: values.format, keep: values.keep, progress: (done, failures) => console.log(`${done} files, ${failures} failures`) });
  for (const { format, file, problem } of report.failures) console.log(`FAILED ${format}, file ${file}: ${problem}`);
  const refusals = [...report.refused].map(([code, count]) => `${count} ${code}`).join(', ');
  console.log(`${report.files} files in ${Math.round((Date.now() - start) / 1000)} s: ${report.read} read, refused ${refusals || 'none'}, ${report.failures.length} failed; slowest ${Math.round(report.slowest)} ms, most memory ${Math.round(report.mostMemory / 2 ** 20)} MB above rest.`);
  process.exitCode = report.failures.length > 0 ? 1 : 0;
}

void main();
