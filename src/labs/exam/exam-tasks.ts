import type { Place } from '../../clusters/real/real-cluster.js';
import { seededDice } from '../dice.js';
import { expressionsFor } from '../format/derive.js';
import { type InstanceOptions, instantiate, type LabInstance } from '../format/instance.js';
import type { Lab } from '../format/lab.js';
import type { ExamTask } from './draw-exam.js';

/** A seed again and again would not help where a lab has but one name for what must differ. */
export const DRAWS_MAX = 20;

/** A task of an exam with the lab it is, everything drawn and put in. */
export interface DrawnTask {
  /** With the seed that it was drawn by. */
  readonly task: ExamTask;
  readonly instance: LabInstance;
}

/**
 * Draws the values of an exam's tasks. Each is done on hosts of its own: where two tasks drew the same name for one, the
 * later draws again. Throws `DeriveError`, and an error for two tasks whose hosts cannot be told apart.
 */
export async function drawTasks(tasks: readonly ExamTask[], labs: ReadonlyMap<string, Lab>): Promise<DrawnTask[]> {
  const taken = new Set<string>();
  const drawn: DrawnTask[] = [];
  for (const task of tasks) {
    const lab = labs.get(task.lab);
    if (!lab) throw new Error(`there is no lab ${task.lab}`);
    const one = await drawTask(task, lab, taken);
    drawn.push(one);
    for (const name of hostNames(one.instance)) taken.add(name);
  }
  return drawn;
}

/** An exam's task as it was drawn before; with a place it is one on a real cluster. Throws `DeriveError`. */
export async function drawnTask(task: ExamTask, lab: Lab, place?: Place): Promise<LabInstance> {
  return instantiate(lab, { ...(await optionsOf(task, lab)), ...(place ? { place } : {}) });
}

/** A task as it is drawn first, second and so on: by the same seed, always the same. */
export function drawnAgain(task: ExamTask, draw: number): ExamTask {
  return draw === 1 ? task : { ...task, seed: `${task.seed}.${draw}` };
}

async function drawTask(task: ExamTask, lab: Lab, taken: ReadonlySet<string>): Promise<DrawnTask> {
  for (let draw = 1; draw <= DRAWS_MAX; draw += 1) {
    const own = drawnAgain(task, draw);
    const instance = await drawnTask(own, lab);
    if (!hostNames(instance).some((name) => taken.has(name))) return { task: own, instance };
  }
  throw new Error(`${lab.id} names its hosts as another task of the exam does; give it a variant for them`);
}

async function optionsOf({ seed, number }: ExamTask, lab: Lab): Promise<InstanceOptions> {
  return { seed, dice: seededDice(seed), task: number, timing: 'exam', evaluate: await expressionsFor(lab.content) };
}

/**
 * The names of a task's own hosts: all but the base, which is the same for every task. Those that a world has by other names
 * too: an instance knows a name for each that any world may have.
 */
export function hostNames({ hosts }: LabInstance): string[] {
  return Object.entries(hosts).flatMap(([base, name]) => (base === 'base' ? [] : [name]));
}
