import type { Blueprint } from '../exam/blueprint.js';
import type { ExamDraw, ExamTask } from '../exam/draw-exam.js';
import { drawNext, type NextExam } from '../exam/draw-next.js';
import { DRAWS_MAX, drawnAgain, drawnTask } from '../exam/exam-tasks.js';
import type { Lab } from '../format/lab.js';
import { ANY_PLACE } from '../real/real-world.js';
import { type Claims, claimsOf, meeting } from './claims.js';

/**
 * Draws an exam whose tasks can share one cluster: no two take the same namespace or object of the whole cluster. Where two
 * would, the later draws its values again by the same seed; a lab that always meets another is left out, and the exam drawn
 * again without it. Throws `DeriveError`.
 */
export async function drawShared(options: NextExam & { readonly blueprint: Blueprint }): Promise<ExamDraw> {
  let { labs } = options;
  for (;;) {
    const draw = drawNext({ ...options, labs, oneCluster: true });
    if (draw.tasks.length === 0) return draw;
    const placed = await placeTasks(draw.tasks, new Map(labs.map((lab) => [lab.id, lab])));
    if ('tasks' in placed) return { ...draw, tasks: placed.tasks };
    labs = labs.filter(({ id }) => id !== placed.meets);
  }
}

/** Tasks with seeds by which none meets another; or the lab that meets another however it is drawn. */
async function placeTasks(
  tasks: readonly ExamTask[],
  labs: ReadonlyMap<string, Lab>,
): Promise<{ readonly tasks: readonly ExamTask[] } | { readonly meets: string }> {
  const taken: Claims[] = [];
  const placed: ExamTask[] = [];
  for (const task of tasks) {
    const one = await placeTask(task, labs.get(task.lab) as Lab, taken);
    if (!one) return { meets: task.lab };
    placed.push(one.task);
    taken.push(one.claims);
  }
  return { tasks: placed };
}

async function placeTask(
  task: ExamTask,
  lab: Lab,
  taken: readonly Claims[],
): Promise<{ readonly task: ExamTask; readonly claims: Claims } | undefined> {
  for (let draw = 1; draw <= DRAWS_MAX; draw += 1) {
    const own = drawnAgain(task, draw);
    const claims = claimsOf(await drawnTask(own, lab, ANY_PLACE));
    if (!claims.namespaces.has('default') && !taken.some((one) => meeting(one, claims) !== undefined))
      return { task: own, claims };
  }
  return undefined;
}
