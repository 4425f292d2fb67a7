import type {
  ExamEnding,
  ExamOffer,
  ExamPorts,
  ExamResultView,
  ExamSitting,
  ExamStanding,
  ExamView,
  OnGrading,
} from '../../src/ui/exam-ports.js';
import type { LabSession } from '../../src/ui/ports.js';
import { FakeSession, GRADED, LAB } from './fake-session.js';

const SITES = ['kubernetes.io/docs', 'kubernetes.io/blog', 'helm.sh/docs', 'gateway-api.sigs.k8s.io'];
const WEIGHTS = [4, 8, 8, 6, 5, 4, 7, 6, 6, 5, 3, 7, 4, 5, 12, 6, 4];

export const OFFER: ExamOffer = {
  certification: 'cka',
  id: 'cka/mock',
  title: 'CKA mock exam',
  name: 'Certified Kubernetes Administrator',
  seed: '7',
  named: true,
  tasks: WEIGHTS.length,
  minutes: 120,
  passPercent: 66,
  coach: false,
  interruptions: 'pause',
  sites: SITES,
  insteadOf: undefined,
  again: 0,
};

export const EXAM: ExamView = {
  id: 'e1',
  title: 'CKA mock exam',
  certification: 'cka',
  seed: '7',
  minutes: 120,
  passPercent: 66,
  coach: false,
  interruptions: 'pause',
  sites: SITES,
  quickReference: ['https://kubernetes.io/docs/reference/kubectl/quick-reference/'],
  tasks: WEIGHTS.map((weight, index) => ({
    number: index + 1,
    weight,
    host: `cka${2100 + index * 7}`,
    view: { ...LAB, seed: `7-${index + 1}` },
  })),
};

export const STANDING: ExamStanding = { current: 4, opened: [1, 2, 3, 4], flagged: [3, 6], notes: '' };

export const RESULT: ExamResultView = {
  percent: 71,
  passed: true,
  ending: 'time',
  seconds: 7200,
  domains: [
    { name: 'Troubleshooting', weight: 30, percent: 80 },
    { name: 'Cluster architecture, installation and configuration', weight: 25, percent: 66 },
    { name: 'Storage', weight: 10, percent: undefined },
  ],
  tasks: EXAM.tasks.map((task) => {
    const opened = task.number !== 17;
    const points = task.number === 4 ? 4 : opened && task.number !== 5 ? 6 : 0;
    return {
      ...task,
      points,
      total: 6,
      seconds: opened ? 300 + task.number * 20 : 0,
      graded: opened ? { ...GRADED, points } : undefined,
      typed: ['k get po'],
    };
  }),
};

/** An exam whose machines are told what to do; every call is noted. */
export class FakeSitting implements ExamSitting {
  readonly view: ExamView;
  standing: ExamStanding = { current: undefined, opened: [], flagged: [], notes: '' };
  remainingSeconds = 7200;
  readonly calls: string[] = [];
  readonly sessions = new Map<number, FakeSession>();
  /** Opening waits for it. */
  ready: Promise<void> = Promise.resolve();
  private readonly overListeners = new Set<() => void>();
  private readonly troubled = new Set<(reason: string | undefined) => void>();

  constructor(view: ExamView = EXAM) {
    this.view = view;
  }

  spentSeconds(): number {
    return 60;
  }

  /** The session of a task; a new one where there is none. */
  session(number: number): FakeSession {
    const session = this.sessions.get(number) ?? new FakeSession(this.view.tasks[number - 1]?.view);
    this.sessions.set(number, session);
    return session;
  }

  async open(number: number): Promise<LabSession> {
    this.calls.push(`open ${number}`);
    await this.ready;
    return this.session(number);
  }

  async rebuild(number: number): Promise<LabSession> {
    this.calls.push(`rebuild ${number}`);
    this.sessions.delete(number);
    return this.session(number);
  }

  async prepare(number: number): Promise<void> {
    this.calls.push(`prepare ${number}`);
  }

  flag(number: number, on: boolean): void {
    this.calls.push(`flag ${number} ${on}`);
  }

  takeNotes(notes: string): void {
    this.calls.push(`notes ${JSON.stringify(notes)}`);
  }

  onTrouble(listener: (reason: string | undefined) => void): () => void {
    this.troubled.add(listener);
    return () => this.troubled.delete(listener);
  }

  onOver(listener: () => void): () => void {
    this.overListeners.add(listener);
    return () => this.overListeners.delete(listener);
  }

  /** The time is over; what notes come from now on are dropped. */
  end(): void {
    for (const listener of this.overListeners) listener();
    this.calls.push('over');
    this.remainingSeconds = 0;
  }

  trouble(reason: string | undefined): void {
    for (const listener of this.troubled) listener(reason);
  }

  async finish(ending: ExamEnding, onStep: OnGrading): Promise<ExamResultView> {
    this.calls.push(`finish ${ending}`);
    onStep(1);
    return RESULT;
  }

  async leave(): Promise<void> {
    this.calls.push('leave');
  }
}

/** Ports over one sitting. */
export function fakeExams(sitting: FakeSitting): ExamPorts {
  return {
    offer: ({ certification }) => ({ ...OFFER, certification }),
    begin: async ({ coach, interruptions }) => {
      sitting.calls.push(`begin ${interruptions}${coach ? ' coach' : ''}`);
      return sitting;
    },
    resume: async (id) => {
      sitting.calls.push(`resume ${id}`);
      return sitting;
    },
    discard: (id) => void sitting.calls.push(`discard ${id}`),
  };
}
