import { giveUpOnCluster } from '../../clusters/context/known-attempts.js';
import { SharedThreads } from '../../clusters/sim/shared-threads.js';
import { curriculum } from '../../labs/content/curriculum.js';
import { exams } from '../../labs/content/exam.js';
import { CERTIFICATIONS } from '../../labs/content/find.js';
import type { ExamRoom } from '../../labs/exam/begin-exam.js';
import type { Blueprint } from '../../labs/exam/blueprint.js';
import type { ExamDraw } from '../../labs/exam/draw-exam.js';
import { drawNext } from '../../labs/exam/draw-next.js';
import { examPath, readExam } from '../../labs/exam/exam-journal.js';
import { shippedExams } from '../../labs/exam/shipped-blueprints.js';
import { giveUpExam, unfinishedExams } from '../../labs/exam/unfinished-exams.js';
import type { Certification, Lab } from '../../labs/format/lab.js';
import type { ProgressStore } from '../../labs/progress/store.js';
import { worldOptions } from '../../labs/session/world.js';
import type { ExamOffer, ExamPorts, ExamWishes } from '../../ui/exam-ports.js';
import type { CatalogueExam, InterruptedAttempt } from '../../ui/ports.js';
import { newSeed } from '../find-lab.js';
import { ExpectedError } from '../io.js';
import { VERSION } from '../version.js';
import type { RealExamPlan } from './plan-real-exam.js';
import type { RealRoom } from './real-exams.js';
import { sittingOf } from './sitting.js';

/** What exams are drawn from, and where they are kept. */
export interface ExamPlace {
  readonly labs: readonly Lab[];
  readonly home: string;
  readonly progress: ProgressStore;
  /** The person's own, for their shells on real clusters. */
  readonly environment: NodeJS.ProcessEnv;
  /** What of real clusters could not be put back. */
  readonly left: string[];
  /** Of exams by their ids that were left on real clusters, a sentence each. */
  readonly stays: Map<string, string>;
}

type DrawPlace = Pick<ExamPlace, 'labs' | 'progress'>;

/** The ports of exams. `end` takes down what their machines ran on. */
export function examPorts(place: ExamPlace, plan?: RealExamPlan): { readonly ports: ExamPorts; end(): Promise<void> } {
  const { home } = place;
  let threads: SharedThreads | undefined;
  const thread = (): SharedThreads => {
    threads ??= new SharedThreads();
    return threads;
  };
  const room = (): ExamRoom => ({ ...roomOf(place), where: { thread: thread() } });
  const realRoom = (): RealRoom => {
    const { environment, left, stays } = place;
    return { ...roomOf(place), environment, left, stays };
  };
  const ports: ExamPorts = {
    offer: (wishes) => {
      if (plan && wishes.cluster !== undefined) return plan.offer;
      const offer = offerExam(wishes, place);
      // The person has something to read now; where it fails, opening a task says so.
      if (!threads)
        thread()
          .prepare(worldOptions('three-node', '1'))
          .catch(() => {});
      return offer;
    },
    begin: async (offer, how) => {
      if (plan && offer.real) return (await realExams()).begin(plan, offer, realRoom(), how);
      const { beginExam } = await import('../../labs/exam/begin-exam.js');
      const { whole, shorter } = shippedExams(certificationOf(offer.certification));
      const blueprint = offer.id === whole.id ? whole : shorter;
      const { seed, named, minutes, coach, interruptions } = offer;
      const draw = drawOf(blueprint, { seed, named }, place);
      return sittingOf(await beginExam({ blueprint, draw, seed, minutes, coach, interruptions }, room()));
    },
    resume: async (id, how) => {
      if (isOnReal(home, id)) return (await realExams()).resume(id, realRoom(), how, plan?.yes ?? false);
      const { resumeExam } = await import('../../labs/exam/begin-exam.js');
      return sittingOf(await resumeExam(id, room()));
    },
    discard: (id) => {
      giveUpExam(home, id);
      giveUpOnCluster(home, id);
      place.stays.delete(id);
    },
  };
  return { ports, end: async () => threads?.close() };
}

function roomOf({ labs, home, progress }: ExamPlace): Omit<ExamRoom, 'where'> {
  return { home, progress, program: VERSION, labs: new Map(labs.map((lab) => [lab.id, lab])) };
}

/** Loaded for those alone who sit one. */
function realExams(): Promise<typeof import('./real-exams.js')> {
  return import('./real-exams.js');
}

/** Whether an exam that was left is on a real cluster. Throws `JournalError`. */
function isOnReal(home: string, id: string): boolean {
  return readExam(examPath(home, id)).header.real !== undefined;
}

/** What somebody wrote for a certification. Throws `ExpectedError` where there is none of that name. */
export function certificationOf(text: string): Certification {
  const found = CERTIFICATIONS.find((certification) => certification === text.toLowerCase());
  if (!found) throw new ExpectedError(`There is no exam "${text}"; there are ${CERTIFICATIONS.join(', ')}.`, 2);
  return found;
}

/** Draws an exam; the shorter one where the pool has not enough for a whole one. Throws where it has not for that. */
export function offerExam(wishes: ExamWishes, place: DrawPlace): ExamOffer {
  const certification = certificationOf(wishes.certification);
  const { whole, shorter } = shippedExams(certification);
  const seeded = { seed: wishes.seed ?? newSeed(), named: wishes.seed !== undefined };
  const draw = drawOf(whole, seeded, place);
  if (draw.tasks.length > 0) return offerOf(whole, draw, seeded, wishes);
  const less = drawOf(shorter, seeded, place);
  if (less.tasks.length === 0)
    throw new ExpectedError(
      `The ${shorter.title} needs at least ${shorter.tasks.min} tasks, and ${less.lacks} labs too few are here.`,
    );
  return { ...offerOf(shorter, less, seeded, wishes), insteadOf: { title: whole.title, lacks: draw.lacks } };
}

interface Seeded {
  readonly seed: string;
  /** The person chose it. */
  readonly named: boolean;
}

function drawOf(blueprint: Blueprint, { seed, named }: Seeded, { labs, progress }: DrawPlace): ExamDraw {
  return drawNext({ blueprint, labs, curriculum: curriculum(), progress: progress.progress, seed, named });
}

/** What is told of an exam before it begins. */
export function offerOf(blueprint: Blueprint, draw: ExamDraw, { seed, named }: Seeded, wishes: ExamWishes): ExamOffer {
  const { certification, id, title, passPercent } = blueprint;
  const { name, sites } = exams()[certification];
  const minutes = wishes.minutes ?? blueprint.minutes;
  return {
    certification,
    id,
    title,
    name,
    seed,
    named,
    tasks: draw.tasks.length,
    minutes: wishes.halfTime ? Math.ceil(minutes / 2) : minutes,
    passPercent,
    coach: wishes.coach ?? false,
    interruptions: wishes.interruptions ?? 'pause',
    sites,
    insteadOf: undefined,
    again: draw.again.length,
  };
}

/** The mock exams of the certifications that there are labs for. */
export function catalogueExams({ labs, progress }: Pick<ExamPlace, 'labs' | 'progress'>): CatalogueExam[] {
  const present = CERTIFICATIONS.filter((one) => labs.some(({ content }) => content.spec.certification === one));
  return present.map((certification) => {
    const { title, tasks, minutes } = shippedExams(certification).whole;
    const sat = progress.progress.exams.filter((exam) => exam.certification === certification);
    const percent = Math.max(...sat.map((exam) => exam.percent));
    const best = sat.length === 0 ? undefined : { percent, passed: sat.some(({ passed }) => passed) };
    return { certification, title, tasks, minutes, best };
  });
}

/** Exams that can be gone on with, as the screens list them. */
export function interruptedExams({ home, progress }: Pick<ExamPlace, 'home' | 'progress'>): InterruptedAttempt[] {
  return unfinishedExams(home, progress).map(({ id, header, remaining, holder }) => {
    const { blueprint, title, seed, started, real } = header;
    const where = real ? ` (on ${real.cluster})` : '';
    const open = holder ? ` (open in another kubedrill, process ${holder.pid})` : '';
    const exam = { secondsLeft: Math.floor(remaining / 1000) };
    return { id, lab: blueprint, title: `${title}${where}${open}`, seed, started, exam, cluster: real?.cluster };
  });
}
