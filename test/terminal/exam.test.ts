import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { curriculum } from '../../src/labs/content/curriculum.js';
import { contentFolder, readCatalogue } from '../../src/labs/content/find.js';
import { drawExam } from '../../src/labs/exam/draw-exam.js';
import { type DrawnTask, drawTasks } from '../../src/labs/exam/exam-tasks.js';
import { shippedExams } from '../../src/labs/exam/shipped-blueprints.js';
import type { LabInstance } from '../../src/labs/format/instance.js';
import type { ExamRecord } from '../../src/labs/progress/exam-record.js';
import { proofCases, solutionSteps } from '../../src/labs/proof/case.js';
import { holdsKeys } from '../../src/labs/session/keys.js';
import type { ScriptStep } from '../../src/labs/session/script.js';
import type { Person } from './person.js';
import { scenario } from './scenario.js';

const SEED = '7';
/** What takes time at a cluster whose clock is the candidate's. */
const WAITS = /\b(?:sleep|wait|rollout status|run|logs -f|watch)\b/;

/** A task that can be solved without waiting and without an editor. */
interface CheapTask extends DrawnTask {
  /** What solves it. */
  readonly lines: readonly string[];
}

/** What is typed, and the points that a task loses by it. */
interface Mistake {
  readonly lines: readonly string[];
  readonly loses: number;
}

/** The exam that the program draws from this seed, with everything put in. */
async function drawn(): Promise<DrawnTask[]> {
  const { labs } = readCatalogue(contentFolder());
  const { whole } = shippedExams('ckad');
  const options = { blueprint: whole, labs, curriculum: curriculum(), recent: new Set<string>(), seed: SEED };
  return drawTasks(drawExam(options).tasks, new Map(labs.map((lab) => [lab.id, lab])));
}

/** What is typed of a script, where every line is a command by itself that ends at once. */
function typedAt(steps: readonly ScriptStep[]): readonly string[] | undefined {
  const lines = steps.filter(({ look }) => !look).flatMap((step) => step.lines);
  const plain = steps.every((step) => step.look || step.lines.length === 1);
  return plain && !lines.some((line) => holdsKeys(line) || WAITS.test(line)) ? lines : undefined;
}

/** The tasks that are solved with the fewest commands, the cheapest first. */
function cheapOnes(tasks: readonly DrawnTask[]): CheapTask[] {
  const cheap = tasks.flatMap((one): CheapTask[] => {
    const lines = typedAt(solutionSteps(one.instance));
    return lines ? [{ ...one, lines }] : [];
  });
  return cheap.sort((one, other) => one.lines.length - other.lines.length);
}

/** A mistake that the lab knows, which loses some points and not all. */
function mistakeOf({ instance }: DrawnTask): Mistake | undefined {
  for (const { steps, expects } of proofCases(instance)) {
    const lines = typedAt(steps);
    if (expects.kind !== 'fails' || !lines) continue;
    const { ids } = expects;
    const lost = instance.checks.filter(({ id, counts_with = [] }) =>
      [id, ...counts_with].some((one) => ids.includes(one)),
    );
    const loses = lost.reduce((sum, { points = 0 }) => sum + points, 0);
    if (!lost.some(({ guard }) => guard) && loses > 0 && loses < instance.points) return { lines, loses };
  }
  return undefined;
}

/** What the candidate does with which task. */
interface Plan {
  readonly solved: readonly CheapTask[];
  readonly half: { readonly task: DrawnTask; readonly mistake: Mistake };
  /** Solved at the host of another task. */
  readonly astray: CheapTask;
}

/** Which tasks are done how: those that take the least. */
function planFor(tasks: readonly DrawnTask[]): Plan {
  const halves = cheapOnes(tasks).flatMap((task) => {
    const mistake = mistakeOf(task);
    return mistake ? [{ task, mistake }] : [];
  });
  const half = halves.reduce((one, other) => (other.mistake.lines.length < one.mistake.lines.length ? other : one));
  const [first, second, astray] = cheapOnes(tasks).filter(({ task }) => task.number !== half.task.task.number);
  if (!first || !second || !astray) throw new Error('the exam has too few tasks that can be solved by typing alone');
  return { solved: [first, second], half, astray };
}

/** Somebody who sits the exam of these tasks. */
class Candidate {
  private readonly me: Person;
  private readonly tasks: readonly DrawnTask[];
  /** The tasks that were in front. */
  readonly opened = new Set<number>();

  constructor(me: Person, tasks: readonly DrawnTask[]) {
    this.me = me;
    this.tasks = tasks;
  }

  /** Waits until a task is in front, and its terminal open. */
  async isAt(number: number): Promise<void> {
    const { weight } = (this.tasks[number - 1] as DrawnTask).task;
    await this.me.sees(`task ${number} of ${this.tasks.length} · ${weight} %`);
    await this.me.seesPrompt();
    this.opened.add(number);
  }

  async jumpsTo(number: number): Promise<void> {
    this.me.presses('F8');
    await this.me.sees('Jump to a task');
    this.me.types(String(number));
    // A number that others begin with waits for its second digit.
    if (this.tasks.some(({ task }) => task.number !== number && `${task.number}`.startsWith(`${number}`)))
      this.me.presses('Enter');
    await this.isAt(number);
  }

  /** Types lines at a host, and goes back to base. */
  async worksAt({ host }: LabInstance, lines: readonly string[]): Promise<void> {
    await this.me.enters(`ssh ${host}`);
    await this.isOn(host);
    for (const line of lines) await this.me.runs(line);
    await this.me.enters('exit');
    await this.isOn('base');
  }

  private async isOn(host: string): Promise<void> {
    await this.me.sees(`candidate@${host}`, (rows) => rows.slice(0, -1).findLast(Boolean) === `candidate@${host}:~$`);
  }
}

const numberOf = ({ task }: DrawnTask): number => task.number;

/** What each task earns, by its number. */
function predicted(tasks: readonly DrawnTask[], { solved, half }: Plan): ReadonlyMap<number, number> {
  return new Map(
    tasks.map((one) => {
      const { points } = one.instance;
      if (solved.some((other) => numberOf(other) === numberOf(one))) return [numberOf(one), points];
      return [numberOf(one), numberOf(half.task) === numberOf(one) ? points - half.mistake.loses : 0];
    }),
  );
}

function percentOf(tasks: readonly DrawnTask[], earned: ReadonlyMap<number, number>): number {
  const shares = tasks.map(({ task, instance }) => (task.weight * (earned.get(task.number) ?? 0)) / instance.points);
  return Math.floor(shares.reduce((sum, share) => sum + share, 0) + 1e-9);
}

scenario('a mock exam, its tasks out of order, earns what was foreseen', async ({ home, personAt }) => {
  const tasks = await drawn();
  const plan = planFor(tasks);
  const { solved, half, astray } = plan;
  const earned = predicted(tasks, plan);
  const percent = percentOf(tasks, earned);
  const me = personAt({ rows: 45 }, 'exam', 'ckad', '--seed', SEED);
  await me.sees(`${tasks.length} tasks · 120 minutes`);
  me.presses('Enter');
  const candidate = new Candidate(me, tasks);
  await candidate.isAt(1);

  const atHome = [...solved, { ...half.task, lines: half.mistake.lines }];
  for (const task of atHome.sort((one, other) => numberOf(other) - numberOf(one))) {
    await candidate.jumpsTo(numberOf(task));
    await candidate.worksAt(task.instance, task.lines);
  }
  await candidate.jumpsTo(numberOf(astray));
  await candidate.worksAt((solved[0] as CheapTask).instance, astray.lines);

  const doubtful = numberOf(half.task);
  await candidate.jumpsTo(doubtful);
  me.presses('F5');
  await me.sees(`[${doubtful}⚑]`);
  me.presses('F9');
  await me.sees('Notes');
  me.types('look again');
  await me.sees('look again');
  me.presses('Escape');
  await candidate.isAt(doubtful);
  const [there, back] = doubtful < tasks.length ? (['F7', 'F6'] as const) : (['F6', 'F7'] as const);
  me.presses(there);
  await candidate.isAt(doubtful < tasks.length ? doubtful + 1 : doubtful - 1);
  me.presses(back);
  await candidate.isAt(doubtful);

  me.presses('F10');
  await me.sees('Finish the exam?');
  const unopened = tasks.map(numberOf).filter((number) => !candidate.opened.has(number));
  expect(me.rows().join('\n')).toContain(`Flagged: ${doubtful}`);
  expect(me.rows().join('\n')).toContain(`Not opened: ${unopened.join(', ')}`);
  me.presses('F10');
  await me.sees('Really finish the exam?');
  me.presses('Enter');
  await me.sees('% passes.');
  expect(me.rows().join('\n')).toContain(`Not passed: ${percent} %`);
  for (const { task, instance } of tasks) {
    const points = candidate.opened.has(task.number) ? `${earned.get(task.number)}/${instance.points}` : 'not opened';
    const row = me.rows().find((one) => one.includes(instance.lab.content.metadata.title)) ?? '';
    expect(row.replace(/\s+/g, ' ')).toContain(` ${points} `);
  }
  me.presses('Ctrl-C');
  expect(await me.ended).toMatchObject({ exitCode: 0 });

  const [kept] = (JSON.parse(readFileSync(join(home, 'progress.json'), 'utf8')) as { exams: ExamRecord[] }).exams;
  expect(kept).toMatchObject({ blueprint: 'ckad/mock', seed: SEED, ending: 'finished', percent, notes: 'look again' });
  expect(kept?.tasks).toMatchObject(
    tasks.map(({ task: { number, lab, seed, weight }, instance }) => ({
      number,
      lab,
      seed,
      weight,
      points: earned.get(number),
      total: instance.points,
      opened: candidate.opened.has(number),
      flagged: number === doubtful,
    })),
  );
});
