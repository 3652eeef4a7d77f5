import { spawn } from 'node:child_process';
import { memberWords, type StudyMember } from '../../shared/study/members.js';
import { exitCodes } from '../terminal/failure.js';
import type { MemberProcess } from './conduct.js';

/** Starts `mil train FILE --study FOLDER` for one member, on this terminal. @param view the option that says how it shows itself, where one was given. */
export function startMember(file: string, folder: string, member: StudyMember, view: readonly string[]): MemberProcess {
  const words = ['train', file, '--study', folder, ...memberWords(member), ...view];
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1]!, ...words], { stdio: 'inherit', windowsHide: true });
  const ended = new Promise<number>((resolve) => {
    child.on('exit', (code) => resolve(code ?? exitCodes.failed));
    child.on('error', () => resolve(exitCodes.failed));
  });
  return { ended, kill: () => void child.kill() };
}
