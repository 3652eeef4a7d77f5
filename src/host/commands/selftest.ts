import { Option } from 'commander';
import { aggregatorSchema } from '../../shared/experiment/model.js';
import type { AggregatorOptions } from '../../shared/experiment/index.js';
import { engineSchema } from '../../shared/experiment/protocol.js';
import { note, print } from '../terminal/print.js';
import { command, wholeNumber, type CommandMaker } from './command.js';

const kinds = aggregatorSchema.shape.kind.unwrap().options;

interface Given {
  readonly aggregator: AggregatorOptions['kind'][];
  readonly seed: number;
  readonly seeds: number;
  readonly bags: number;
  readonly epochs: number;
  readonly json?: boolean;
}

/** `mil selftest` */
export const selftestCommand: CommandMaker = () =>
  command('selftest', 'Say which aggregators respect the MIL assumption, by the unit tests of Raff and Holt (2023).', ['mil selftest', 'mil selftest --aggregator dsmil abmil', 'mil selftest --json --seed 7'])
    .addOption(new Option('--aggregator <kind...>', 'only these').choices(kinds).default(kinds, 'all'))
    .option('--seed <seed>', 'of data, weights and order', wholeNumber(0), 1)
    .option('--seeds <count>', 'repeats, each with the next seed: mean and range are shown, and a failure with any of them is one', wholeNumber(1), 1)
    .option('--bags <count>', 'training bags, and as many to test with; even', wholeNumber(20), 300)
    .option('--epochs <count>', 'passes over the training bags', wholeNumber(1), 20)
    .option('--json', 'print JSON')
    .action(async ({ aggregator, seed, seeds, bags, epochs, json }: Given) => {
      const [{ openEngine }, { renderSelftest, runSelftest, subjectsOf }] = await Promise.all([import('../../engine/select.js'), import('../selftest/index.js')]);
      const engine = await openEngine(engineSchema.parse({ threads: 1 }));
      try {
        const report = await runSelftest(engine, subjectsOf(aggregator), { seed, seeds, bags: bags + (bags % 2), epochs }, ({ problem, kind, loss, seed: own, verdict }) => note(`${problem}: ${kind} (${loss})${seeds === 1 ? '' : `, seed ${own}:`} ${verdict}`));
        print(json ? JSON.stringify(report, undefined, 2) : renderSelftest(report));
      } finally {
        engine.dispose();
      }
    });
