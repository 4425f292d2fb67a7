import type { Report } from '../../src/checker/rubric.js';
import type {
  AnsweredCard,
  CardRating,
  CardView,
  LessonPort,
  LessonPorts,
  LessonRow,
  LessonStepView,
  ReviewPorts,
} from '../../src/ui/learn-ports.js';
import { FakeSession, LAB } from './fake-session.js';

const STEPS: readonly LessonStepView[] = [
  {
    id: 'read',
    title: 'What a pod is',
    text: 'A **pod** runs containers.',
    do: undefined,
    shows: undefined,
    checks: [],
    solution: [],
  },
  {
    id: 'rose',
    title: 'A pod of your own',
    text: 'The scheduler picks a node, and the kubelet of that node starts the containers. '.repeat(6),
    do: 'Run a pod **rose** with `k run rose --image=nginx:1.29`.',
    shows: 'It is on **node01**.',
    checks: [{ id: 'rose', says: 'The pod rose runs' }],
    solution: [
      { text: 'k run rose --image=nginx:1.29', bytes: Buffer.from('k run rose --image=nginx:1.29\r') },
      { text: 'k get pods', bytes: Buffer.from('k get pods\r') },
    ],
  },
];

export const ROWS: readonly LessonRow[] = [
  {
    id: 'cka/pods',
    title: 'From a pod to a Deployment',
    certification: 'cka',
    minutes: 12,
    steps: 2,
    done: 0,
    finished: false,
    open: false,
  },
  {
    id: 'cks/rights',
    title: 'A pod with few rights',
    certification: 'cks',
    minutes: 18,
    steps: 4,
    done: 3,
    finished: false,
    open: true,
  },
];

/** A lesson whose step is done once `holds` is true. */
export class FakeLesson implements LessonPort {
  readonly id = 'cka/pods';
  readonly steps = STEPS;
  readonly explains = 'Pods run containers, and **Deployments** keep pods.';
  readonly reads = ['https://kubernetes.io/docs/concepts/workloads/pods/'];
  readonly done: readonly string[];
  holds = false;
  looks = 0;
  noted: readonly string[] = [];

  constructor(done: readonly string[] = []) {
    this.done = done;
  }

  async look(): Promise<Report> {
    this.looks += 1;
    const passed = this.holds;
    const check = { id: 'rose', says: 'The pod rose runs', guard: false, serves: undefined, passed, points: 1 };
    const found = passed ? '' : 'no pod/rose in default';
    const checks = [{ ...check, earned: passed ? 1 : 0, expected: 'Running', found, because: undefined }];
    return { points: passed ? 1 : 0, total: 1, passed, checks };
  }

  note(done: readonly string[]): void {
    this.noted = done;
  }
}

/** A session at a lesson. */
export function lessonSession(lesson: FakeLesson): FakeSession & { readonly lesson: FakeLesson } {
  return Object.assign(
    new FakeSession({ ...LAB, id: 'cka/lessons/pods', title: 'From a pod to a Deployment', task: '', hints: [] }),
    { lesson },
  );
}

/** Ports over one lesson; every call is noted. */
export function fakeLessons(session: FakeSession, calls: string[] = []): LessonPorts {
  return {
    list: () => ROWS,
    open: async (id, anew) => {
      calls.push(`open ${id}${anew ? ' anew' : ''}`);
      return session;
    },
    rebuild: async () => session,
  };
}

const CARD = { deck: 'Workloads', certification: 'cka', several: 1, gap: undefined };
export const CARDS: readonly CardView[] = [
  {
    ...CARD,
    id: 'one',
    question: 'Which change starts a **rollout**?',
    kind: 'choices',
    texts: ['`kubectl scale`', '`kubectl set image`'],
  },
  { ...CARD, id: 'both', question: 'Which are verbs?', kind: 'choices', texts: ['get', 'pods', 'list'], several: 2 },
  { ...CARD, id: 'order', question: 'In which order?', kind: 'order', texts: ['bind', 'filter', 'score'] },
  {
    ...CARD,
    id: 'gap',
    question: 'Fill the gap.',
    kind: 'gap',
    texts: [],
    gap: { text: 'spec:\n  ____: 3\n', mark: '____' },
  },
];
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  one: ['`kubectl set image`'],
  both: ['get', 'list'],
  order: ['filter', 'score', 'bind'],
  gap: ['replicas'],
};
const NEXT: Readonly<Record<CardRating, number>> = { 1: 60_000, 2: 360_000, 3: 600_000, 4: 8 * 86_400_000 };

/** A review of these cards, one after the other; what was rated is noted. */
export function fakeReview(cards = CARDS): ReviewPorts & { readonly rated: string[] } {
  const rated: string[] = [];
  return {
    rated,
    about: 'CKA',
    queue: () => ({ card: cards[rated.length], due: 0, fresh: cards.length - rated.length, later: 600_000 }),
    answer: (id, given): AnsweredCard => {
      const answers = ANSWERS[id] ?? [];
      return { right: [...given].join() === answers.join(), answers, why: 'Because it is **so**.', next: NEXT };
    },
    rate: (id, rating) => void rated.push(`${id} ${rating}`),
  };
}
