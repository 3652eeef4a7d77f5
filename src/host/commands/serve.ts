import { HardmineError } from '../../shared/errors.js';
import { connect } from '../../shared/rpc/channel.js';
import type { WindowService } from '../../shared/rpc/service.js';
import { command, type CommandMaker } from './command.js';

/** `mil serve`: answers one window over the channel it was started with, and ends with it. */
export const serveCommand: CommandMaker = () =>
  command('serve', 'Answer an editor window: pixels of slides, tables of runs, checks of experiments. Started by the editor.', []).action(async () => {
    if (!process.send) throw new HardmineError('usage', '"mil serve" is started by an editor and speaks over an IPC channel; there is none here.', { remedy: 'Use the other commands in a terminal.' });
    const { windowService } = await import('../serve/service.js');
    const closed = new Promise<void>((resolve) => process.once('disconnect', resolve));
    connect<object, WindowService>({ post: (message) => void process.send?.(message), on: (listener) => void process.on('message', listener) }, windowService());
    await closed;
  });
