import type { RealSource } from '../../clusters/real/real-cluster.js';
import { curriculum } from '../../labs/content/curriculum.js';
import type { Blueprint } from '../../labs/exam/blueprint.js';
import type { ExamDraw } from '../../labs/exam/draw-exam.js';
import { shippedExams } from '../../labs/exam/shipped-blueprints.js';
import type { Lab } from '../../labs/format/lab.js';
import { homeDirectory } from '../../labs/home.js';
import { ProgressStore } from '../../labs/progress/store.js';
import { drawShared } from '../../labs/real-exam/draw-shared.js';
import { type SharedPool, sharedPool } from '../../labs/real-exam/shared-pool.js';
import { wantedWorld } from '../../labs/real-exam/shared-world.js';
import type { ExamOffer, ExamWishes } from '../../ui/exam-ports.js';
import { catalogueOf } from '../content.js';
import { newSeed } from '../find-lab.js';
import { type CommandIo, ExpectedError, tell } from '../io.js';
import type { RealChoice } from '../real/cluster-option.js';
import { realSource } from '../real/real-source.js';
import { certificationOf, offerOf } from './exam-ports.js';

/** An exam on a real cluster, drawn of what can be done there. */
export interface RealExamPlan {
  readonly source: RealSource;
  readonly offer: ExamOffer;
  readonly blueprint: Blueprint;
  readonly draw: ExamDraw;
  /** Whatever is asked of the cluster is answered with yes. */
  readonly yes: boolean;
}

/**
 * Looks what the cluster can do, and draws an exam of the labs that can share it; the shorter one where there are too few for a
 * whole one. Throws `ExpectedError` with counts and reasons where there are too few for that, and `ClusterError`.
 */
export async function planRealExam(
  io: CommandIo,
  wishes: ExamWishes,
  choice: RealChoice,
  yes: boolean,
  findSource: () => Promise<RealSource> = () => realSource(choice, io),
): Promise<RealExamPlan> {
  const certification = certificationOf(wishes.certification);
  const { whole, shorter } = shippedExams(certification);
  const source = await findSource();
  tell(io, `Looking what ${source.name} can do …`);
  const capabilities = await source.capabilities(wantedWorld([]));
  const labs = catalogueOf(io).labs.filter(({ content }) => content.spec.certification === certification);
  const pool = await sharedPool(labs, capabilities);
  const seed = wishes.seed ?? newSeed();
  const named = wishes.seed !== undefined;
  const { progress } = ProgressStore.open(homeDirectory(io.environment));
  const drawOf = (blueprint: Blueprint): Promise<ExamDraw> =>
    drawShared({ blueprint, labs: pool.labs, curriculum: curriculum(), progress, seed, named });
  const real = { cluster: source.name, fit: pool.labs.length, labs: labs.length };
  const draw = await drawOf(whole);
  if (draw.tasks.length > 0)
    return { source, yes, draw, blueprint: whole, offer: { ...offerOf(whole, draw, { seed, named }, wishes), real } };
  const less = await drawOf(shorter);
  if (less.tasks.length === 0) throw new ExpectedError(refusal(shorter, source.name, labs, pool));
  const insteadOf = { title: whole.title, lacks: draw.lacks };
  const offer = { ...offerOf(shorter, less, { seed, named }, wishes), real, insteadOf };
  return { source, yes, draw: less, blueprint: shorter, offer };
}

/** Why there is no exam on a cluster: how many labs it takes, how many there are, and what is with the rest. */
function refusal(
  { title, tasks }: Blueprint,
  cluster: string,
  labs: readonly Lab[],
  { labs: fit, others }: SharedPool,
): string {
  const alone = others.map(({ labs: count, because }) => `  ${count}: they ${because}`);
  return [
    `The ${title} needs at least ${tasks.min} tasks that can share a cluster, and on ${cluster} ${fit.length} of ${labs.length} labs can.`,
    ...(alone.length > 0 ? ['The others cannot share one:', ...alone] : []),
    ...(fit.length >= tasks.min ? ['Of those that can, too many work in the same namespaces or are of one kind.'] : []),
    'Sit it on simulated clusters (without --cluster), or take labs one at a time: `kubedrill run LAB --cluster …`.',
  ].join('\n');
}
