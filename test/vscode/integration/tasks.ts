import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DiagnosticSeverity, languages, tasks, Uri, type Task } from 'vscode';
import { eventually, root } from './support.js';

/** Runs a task to its end. @returns its exit code. */
function finish(task: Task): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const ended = tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.name !== task.name) return;
      ended.dispose();
      resolve(exitCode);
    });
    tasks.executeTask(task).then(undefined, reject);
  });
}

describe('tasks', () => {
  const broken = path.join(root, 'broken.mil.json');

  before(() => {
    const tiny = JSON.parse(readFileSync(path.join(root, 'tiny.mil.json'), 'utf8')) as Record<string, unknown>;
    writeFileSync(broken, JSON.stringify({ ...tiny, name: 'broken', minning: {} }, undefined, 2));
  });

  it('check and train every experiment', async () => {
    const names = (await tasks.fetchTasks({ type: 'mil' })).map(({ name }) => name);
    for (const name of ['check tiny.mil.json', 'train tiny.mil.json', 'check broken.mil.json']) assert.ok(names.includes(name), `${name} is among ${names.join(', ')}`);
  });

  it('put what the check finds among the problems, at its line', async function () {
    this.timeout(120_000);
    const check = (await tasks.fetchTasks({ type: 'mil' })).find(({ name }) => name === 'check broken.mil.json')!;
    assert.deepEqual(check.problemMatchers, ['$mil']);
    assert.equal(await finish(check), 2);
    const line = readFileSync(broken, 'utf8').split('\n').findIndex((text) => text.includes('minning'));
    const problem = await eventually('the problem', () => languages.getDiagnostics(Uri.file(broken)).find(({ message }) => message.includes('minning')));
    assert.equal(problem.range.start.line, line);
    assert.equal(problem.severity, DiagnosticSeverity.Error);
    assert.ok(problem.code);
  });
});
