import { commands } from 'vscode';
import type { CommandHandler } from './index.js';

/** MIL: Get Started. The walkthrough. */
export const getStarted: CommandHandler = ({ context }) => commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#start`, false);
