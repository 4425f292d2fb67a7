import { join } from 'node:path';
import type { RealCluster, RealSource } from '../../src/clusters/real/real-cluster.js';
import { curriculum } from '../../src/labs/content/curriculum.js';
import { readCatalogue } from '../../src/labs/content/find.js';
import { drawnTask } from '../../src/labs/exam/exam-tasks.js';
import { shippedExams } from '../../src/labs/exam/shipped-blueprints.js';
import type { Lab } from '../../src/labs/format/lab.js';
import { ProgressStore } from '../../src/labs/progress/store.js';
import { solutionSteps } from '../../src/labs/proof/case.js';
import { beginRealExam } from '../../src/labs/real-exam/begin-real-exam.js';
import { drawShared } from '../../src/labs/real-exam/draw-shared.js';
import type { RealExamSession } from '../../src/labs/real-exam/real-exam-session.js';
import { sharedPool } from '../../src/labs/real-exam/shared-pool.js';
import { playAttempt } from '../../src/labs/session/attempt.js';
import { holdsKeys, lineBytes } from '../../src/labs/session/keys.js';
import type { TestCluster } from './cluster.js';
import { kubectl } from './kubectl.js';
import { sourceOf } from './source.js';

/** Its draw has no lab whose solution waits for minutes. */
const SEED = '1';
const HOW = { onStep: () => {}, confirm: async () => true };
const SIZE = { columns: 100, rows: 30 };
/** Of four tasks one is opened and left undone, and one is not opened. */
const [UNDONE, UNOPENED] = [3, 0];

/**
 * Sits a CKAD practice run whose tasks share the cluster: most are solved, in the order from the last to the first, and
 * graded in the end; each is to earn what it earns on a simulated cluster of its own, and nothing is to stay behind. Gives
 * what went wrong.
 */
export async function sitExam(cluster: TestCluster, tell: (line: string) => void): Promise<readonly string[]> {
  const { labs } = readCatalogue('content');
  const byId = new Map(labs.map((lab) => [lab.id, lab]));
  const room = roomOf(cluster, byId);
  const { source, opened } = keeping(sourceOf(cluster));
  const ckad = labs.filter(({ content }) => content.spec.certification === 'ckad');
  const pool = await sharedPool(ckad, await source.capabilities({ base: 'three-node' }));
  const blueprint = shippedExams('ckad').shorter;
  const wishes = { blueprint, curriculum: curriculum(), seed: SEED, named: true };
  const draw = await drawShared({ ...wishes, labs: pool.labs, progress: { exams: [] } });
  const choices = {
    blueprint,
    draw,
    seed: SEED,
    minutes: blueprint.minutes,
    coach: false,
    interruptions: 'pause',
  } as const;
  const before = await standing(cluster);
  const begun = Date.now();
  const session = await beginRealExam(choices, { ...room, source }, HOW);
  tell(`${draw.tasks.length} tasks are set up in ${seconds(begun)} s`);
  for (const { number } of [...draw.tasks].reverse()) await sit(session, opened(), number);
  const ended = Date.now();
  const { record } = await session.finish('finished', (number) => tell(`grading task ${number}, ${seconds(ended)} s`));
  tell(`graded in ${seconds(ended)} s: ${record.percent} %`);
  const left = await session.leave(HOW);
  const wrong = left.map((one) => `the exam: ${one}`);
  for (const { number, lab, points } of record.tasks) {
    const simulated = await simulatedPoints(session, byId.get(lab) as Lab, number);
    tell(`task ${number} ${lab}: real ${points}, simulated ${simulated}`);
    if (points !== simulated) wrong.push(`the exam: task ${number} ${lab} earns ${points}, simulated ${simulated}`);
  }
  const after = await standing(cluster);
  if (after !== before) wrong.push(`the exam: there was\n${before}\nand is\n${after}`);
  return wrong;
}

/** What a task earns on a simulated cluster of its own by what was done here. */
async function simulatedPoints(session: RealExamSession, lab: Lab, number: number): Promise<number> {
  if (number % 4 === UNOPENED) return 0;
  const task = session.header.tasks[number - 1];
  if (!task) throw new Error(`the exam has no task ${number}`);
  const instance = await drawnTask(task, lab);
  const { report } = await playAttempt(instance, isSolved(number) ? [{ steps: solutionSteps(instance) }] : []);
  return report.points;
}

async function sit(session: RealExamSession, cluster: RealCluster, number: number): Promise<void> {
  const instance = session.instances[number - 1];
  if (number % 4 === UNOPENED || !instance) return;
  await session.open(number, SIZE);
  if (!isSolved(number)) return;
  const texts = solutionSteps(instance).flatMap(({ lines }) => lines.map(textOf));
  await cluster.play({ host: instance.host, user: 'candidate', texts });
}

function isSolved(number: number): boolean {
  return number % 4 !== UNOPENED && number % 4 !== UNDONE;
}

function textOf(line: string): string {
  return holdsKeys(line) ? lineBytes(line) : `${line}\n`;
}

function roomOf({ folder }: TestCluster, labs: ReadonlyMap<string, Lab>) {
  const home = join(folder, 'home-exam');
  return { home, progress: ProgressStore.open(home), program: 'test', labs, environment: process.env };
}

/** A source, and the cluster that it opened last. */
function keeping(source: RealSource): { readonly source: RealSource; opened(): RealCluster } {
  let last: RealCluster | undefined;
  const open: RealSource['open'] = async (wanted, how) => {
    last = await source.open(wanted, how);
    return last;
  };
  const opened = (): RealCluster => {
    if (!last) throw new Error('no cluster was opened');
    return last;
  };
  return { source: { name: source.name, capabilities: (wanted) => source.capabilities(wanted), open }, opened };
}

/** The namespaces, and what stands in `default`. */
async function standing({ kubeconfig }: TestCluster): Promise<string> {
  const namespaces = await kubectl(kubeconfig, [
    'get',
    'namespaces,clusterroles,clusterrolebindings,crd,pv',
    '-o',
    'name',
  ]);
  return namespaces + (await kubectl(kubeconfig, ['get', 'all,cm', '-n', 'default', '-o', 'name']));
}

function seconds(since: number): string {
  return ((Date.now() - since) / 1000).toFixed(0);
}
