import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conductStudy, type StudyOrder } from '../../../../src/host/study/conduct.js';
import { createStudy, openStudy, prepareMember } from '../../../../src/host/study/folder.js';
import { planTraining } from '../../../../src/host/study/plan.js';
import { slurmScript } from '../../../../src/host/study/slurm.js';
import { experimentSchema, type ExperimentInput } from '../../../../src/shared/experiment/index.js';
import { replaceJson } from '../../../../src/shared/files.js';
import { askHost } from '../../../../src/shared/run/control.js';
import { runFiles } from '../../../../src/shared/run/layout.js';
import type { RunStatus } from '../../../../src/shared/run/state.js';
import { memberName } from '../../../../src/shared/study/members.js';
import { studyOfRun, studyStateAt } from '../../../../src/shared/study/read.js';
import { temporaryFolder } from '../run/fixtures.js';

const experiment = (parts: Partial<ExperimentInput> = {}) => experimentSchema.parse({ name: 'x', cohort: { table: 'cohort.csv' }, split: { folds: 3 }, ...parts });

function makeStudy() {
  const file = join(temporaryFolder(), 'x.mil.json');
  const folder = createStudy(file, experiment(), undefined, new Date(2026, 10, 22, 9, 15, 3));
  const members = openStudy(folder).members.map((member) => ({ ...member, run: resolve(folder, member.run) }));
  return { file, folder, members };
}

function leave(run: string, state: RunStatus['state']): void {
  replaceJson(join(run, runFiles.status), { state, name: 'x', experimentFile: 'x', round: 1, rounds: 1, progress: 1, pid: 1, host: 'h', started: 1, heartbeat: 1 } satisfies RunStatus);
}

/** Conducts with members that end as told, and notes what happened. */
async function conducted(codes: readonly number[], prepare: (study: ReturnType<typeof makeStudy>) => void = () => undefined, during: (name: string, folder: string) => void = () => undefined) {
  const study = makeStudy();
  prepare(study);
  const said: string[] = [];
  let started = 0;
  const outcome = await conductStudy({
    ...study,
    start: (member) => {
      during(memberName(member), study.folder);
      return { ended: Promise.resolve(codes[started++] ?? 0), kill: () => undefined };
    },
    onMember: (member, what) => void said.push(`${memberName(member)} ${what}`),
    summarise: async () => undefined,
    onStopping: () => undefined,
    now: Date.now,
  } satisfies StudyOrder);
  return { outcome, said, study };
}

describe('a study folder', () => {
  it('names the run of every member before any has begun', () => {
    const { folder, members } = makeStudy();
    expect(folder).toMatch(/\.mil[\\/]studies[\\/]20261122-091503-x$/);
    expect(members.map(({ run }) => run)).toEqual([1, 2, 3].map((fold) => resolve(folder, `../../runs/20261122-091503-x-r1-f${fold}-s1`)));
    expect(studyStateAt(folder, Date.now())).toMatchObject({ state: 'waiting', members: [{ fold: 1 }, { fold: 2 }, { fold: 3 }] });
  });

  it('knows its runs, and they know it', () => {
    const { folder, members } = makeStudy();
    const [member] = members;
    expect(prepareMember(folder, member!.run, experiment(), member!)).toBe(false);
    expect(studyOfRun(member!.run)).toMatchObject({ study: folder, fold: 1, seed: 1 });
    expect(JSON.parse(readFileSync(join(member!.run, runFiles.experiment), 'utf8'))).toMatchObject({ seed: 1, seeds: [], split: { folds: 3, fold: 1 } });
    leave(member!.run, 'interrupted');
    expect(prepareMember(folder, member!.run, experiment(), member!)).toBe(true);
    for (const { run } of members) {
      prepareMember(folder, run, experiment(), member!);
      leave(run, 'done');
    }
    expect(studyStateAt(folder, Date.now())!.state).toBe('done');
  });
});

describe('conducting a study', () => {
  it('goes on to the next member when one fails, and says so at the end', async () => {
    const { outcome, said } = await conducted([0, 1, 0]);
    expect(said).toEqual(['r1-f1-s1 begins', 'r1-f1-s1 done', 'r1-f2-s1 begins', 'r1-f2-s1 failed', 'r1-f3-s1 begins', 'r1-f3-s1 done']);
    expect(outcome).toMatchObject({ state: 'failed', failed: [{ fold: 2 }] });
  });

  it('skips members that are done', async () => {
    const { outcome, said } = await conducted([0, 0], ({ folder, members }) => {
      prepareMember(folder, members[1]!.run, experiment(), members[1]!);
      leave(members[1]!.run, 'done');
    });
    expect(said.filter((line) => line.startsWith('r1-f2'))).toEqual(['r1-f2-s1 skipped']);
    expect(outcome.state).toBe('done');
  });

  it('stops when it is asked to, and begins no other member', async () => {
    const { outcome, said } = await conducted([130], undefined, (_, folder) => askHost(folder, 'stop'));
    expect(said).toEqual(['r1-f1-s1 begins', 'r1-f1-s1 stopped']);
    expect(outcome.state).toBe('interrupted');
  });

  it('is refused while a process on another machine does', async () => {
    const study = makeStudy();
    writeFileSync(join(study.folder, runFiles.lock), JSON.stringify({ pid: 1, host: 'h', machine: 'elsewhere', start: '1' }));
    leaveHeartbeat(study);
    await expect(conductStudy({ ...study, start: () => ({ ended: Promise.resolve(0), kill: () => undefined }), onMember: () => undefined, summarise: async () => undefined, onStopping: () => undefined, now: Date.now })).rejects.toMatchObject({ code: 'run-locked' });
  });
});

/** A member that beats now, on a machine whose processes cannot be asked. */
function leaveHeartbeat({ folder, members }: ReturnType<typeof makeStudy>): void {
  prepareMember(folder, members[0]!.run, experiment(), members[0]!);
  replaceJson(join(members[0]!.run, runFiles.status), { state: 'running', name: 'x', experimentFile: 'x', round: 1, rounds: 1, progress: 0, pid: 1, host: 'h', started: 1, heartbeat: Date.now() } satisfies RunStatus);
}

describe('planning', () => {
  it('makes a study of folds, a run of one fold, and finds members again', () => {
    const file = join(temporaryFolder(), 'x.mil.json');
    const study = planTraining(file, experiment(), {});
    if (study.kind !== 'study') throw new Error('a study is meant');
    expect(study.members).toHaveLength(3);
    expect(planTraining(file, experiment(), { fold: 2 })).toMatchObject({ kind: 'run', resume: false, experiment: { split: { fold: 2 } } });
    expect(planTraining(file, experiment(), { study: study.folder, fold: 2 })).toMatchObject({ kind: 'run', resume: false, runFolder: study.members[1]!.run });
    leave(study.members[1]!.run, 'interrupted');
    expect(planTraining(file, experiment(), { study: study.folder, fold: 2 })).toMatchObject({ kind: 'run', resume: true });
    expect(planTraining(file, experiment(), { resume: study.members[1]!.run })).toMatchObject({ kind: 'run', resume: true, experiment: { split: { fold: 2 } } });
    expect(planTraining(file, experiment(), { resume: study.folder })).toMatchObject({ kind: 'study', members: [{}, {}, {}] });
  });

  it('refuses another experiment, and members there are not', () => {
    const file = join(temporaryFolder(), 'x.mil.json');
    const study = planTraining(file, experiment(), {});
    if (study.kind !== 'study') throw new Error('a study is meant');
    expect(() => planTraining(file, experiment({ loss: { topK: 3 } }), { resume: study.folder })).toThrow('The experiment has changed since this run began: loss.');
    expect(() => planTraining(file, experiment(), { study: study.folder, seed: 9 })).toThrow('no such member');
    expect(() => planTraining(file, experiment(), { fold: 9 })).toThrow('There is no fold 9 of 3.');
    expect(() => planTraining(file, experiment({ seeds: [1, 2] }), { seed: 3 })).toThrow('no seed 3');
  });
});

describe('the Slurm script', () => {
  it('has a task a member, and quotes what a shell would take apart', () => {
    const { folder } = makeStudy();
    const script = slurmScript({ ...openStudy(folder), experimentFile: "/data/o'hara/x y.mil.json" }, folder, ['/usr/bin/mil']);
    expect(script).toContain('#SBATCH --array=0-2\n');
    expect(script).toContain('  "--repeat 1 --fold 2 --seed 1"\n');
    expect(script).toContain(`train '/data/o'\\''hara/x y.mil.json' --study ${folder} \${members[$SLURM_ARRAY_TASK_ID]} --lines &`);
  });
});
