import type {
  AuthorPort,
  CatalogueView,
  GradedView,
  HintView,
  InterruptedAttempt,
  LabSession,
  LabView,
  ScreenPorts,
  TerminalPort,
  TerminalsPort,
} from '../../src/ui/ports.js';
import { HISTORY } from './fake-history.js';

/** When all ages are counted. */
export const NOW = Date.UTC(2026, 2, 10, 12);

const DOMAINS = [
  { certification: 'cka', name: 'Troubleshooting', weight: 30 },
  { certification: 'cka', name: 'Cluster architecture, installation and configuration', weight: 25 },
  { certification: 'ckad', name: 'Services and networking', weight: 20 },
] as const;

export const CATALOGUE: CatalogueView = {
  domains: DOMAINS,
  history: HISTORY,
  unfinished: [],
  exams: [
    { certification: 'cka', title: 'CKA mock exam', tasks: { min: 16, max: 17 }, minutes: 120, best: undefined },
    {
      certification: 'ckad',
      title: 'CKAD mock exam',
      tasks: { min: 16, max: 17 },
      minutes: 120,
      best: { percent: 71, passed: true },
    },
  ],
  labs: [
    lab('cka/fix-coredns', 'Names do not resolve', 'Troubleshooting', 2, 7, { points: 6, total: 6 }),
    lab('cka/back-up-etcd', 'Back up etcd before the upgrade', DOMAINS[1].name, 3, 8, { points: 3, total: 6 }),
    lab('cka/drain-a-node', 'Take a node out of service', DOMAINS[1].name, 2, 6, undefined),
    lab('ckad/write-a-networkpolicy', 'Close a namespace but for one path', DOMAINS[2].name, 2, 7, undefined),
  ],
};

export const UNFINISHED: readonly InterruptedAttempt[] = [
  { id: 'a2', lab: 'cka/fix-coredns', title: 'Names do not resolve', seed: '7', started: at(20) },
  { id: 'a1', lab: 'cka/drain-a-node', title: 'Take a node out of service', seed: '12', started: at(3000) },
];

function at(minutesAgo: number): string {
  return new Date(NOW - minutesAgo * 60_000).toISOString();
}

function lab(
  id: string,
  title: string,
  domain: string,
  difficulty: number,
  minutes: number,
  best: { points: number; total: number } | undefined,
): CatalogueView['labs'][number] {
  const [certification = '', name = ''] = id.split('/');
  return {
    id,
    name,
    title,
    certification,
    domain,
    difficulty,
    minutes,
    points: 6,
    best,
    attempts: best ? 2 : 0,
    passed: best !== undefined && best.points === best.total,
    last: best ? new Date(NOW - 2 * 86_400_000).toISOString() : undefined,
  };
}

export const LAB: LabView = {
  id: 'cka/fix-coredns',
  title: 'Names do not resolve',
  task: [
    'Since last night the pods in namespace **shop** cannot reach each other by name; by address they can.',
    '',
    '1. Find the cause and remove it, so that Service names resolve again for every pod of the cluster.',
    '2. Write the name of the resource that was at fault, as `kind/name`, to `/opt/course/1/cause`.',
    '',
    'Do not change or replace anything in shop. Restarting CoreDNS is allowed.',
  ].join('\n'),
  minutes: 7,
  points: 6,
  seed: '7',
  hints: [
    { text: 'Ask which server a pod uses for names.', price: 1 },
    { text: 'Compare the endpoints of `kube-dns` with the CoreDNS pods.', price: 2 },
  ],
  solution: ['k -n kube-system scale deploy coredns --replicas=2', 'echo deployment/coredns > /opt/course/1/cause'],
  explains: 'A pod asks the address in its `/etc/resolv.conf`, which is the Service **kube-dns**.',
  reads: ['https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/'],
};

export const GRADED: GradedView = {
  points: 4,
  hintsPrice: 0,
  seconds: 492,
  report: {
    points: 4,
    total: 6,
    passed: false,
    checks: [
      check('resolves', 'Service names resolve from any pod', 3, 3, 1),
      check('cart', 'The cart pods became ready by themselves', 1, 1, 1),
      {
        ...check('answer', '/opt/course/1/cause names the resource at fault', 2, 0, 2),
        passed: false,
        expected: 'deployment/coredns',
        found: 'pod/cart-7d8f9c6b5-x2v9p',
        because: 'Knowing which link broke is what lets you find the next one faster.',
      },
      { ...check('kept', 'Nothing in shop was changed or replaced', 0, 0, undefined), guard: true },
    ],
  },
};

function check(
  id: string,
  says: string,
  points: number,
  earned: number,
  serves: number | undefined,
): GradedView['report']['checks'][number] {
  return { id, says, guard: false, serves, passed: true, points, earned, expected: '', found: '', because: undefined };
}

/** A terminal that keeps what it is given. */
export class FakeTerminal implements TerminalPort {
  readonly number: number;
  input = '';
  /** What runs in it. */
  program: string | undefined;
  readonly sizes: string[] = [];
  private readonly listeners = new Set<(bytes: Uint8Array) => void>();

  constructor(number: number) {
    this.number = number;
  }

  type(bytes: Uint8Array): void {
    this.input += Buffer.from(bytes).toString('latin1');
  }

  resize(columns: number, rows: number): void {
    this.sizes.push(`${columns}×${rows}`);
  }

  onOutput(listener: (bytes: Uint8Array) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async running(): Promise<string | undefined> {
    return this.program;
  }

  print(text: string): void {
    for (const listener of this.listeners) listener(Buffer.from(text));
  }
}

/** As many terminals as are opened, up to three. */
class FakeTerminals implements TerminalsPort {
  all: FakeTerminal[] = [new FakeTerminal(1)];
  private readonly listeners = new Set<() => void>();

  get first(): FakeTerminal {
    return this.all[0] as FakeTerminal;
  }

  get latest(): FakeTerminal {
    return this.first;
  }

  open(): FakeTerminal | undefined {
    const number = [1, 2, 3].find((free) => this.all.every((one) => one.number !== free));
    if (number === undefined) return undefined;
    const opened = new FakeTerminal(number);
    this.all = [...this.all, opened].sort((one, other) => one.number - other.number);
    for (const listener of this.listeners) listener();
    return opened;
  }

  close(terminal: TerminalPort): boolean {
    if (this.all.length < 2) return false;
    this.all = this.all.filter((one) => one !== terminal);
    for (const listener of this.listeners) listener();
    return true;
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** A session that keeps what it is given and says what it is told to. */
export class FakeSession implements LabSession {
  readonly view: LabView;
  readonly host = 'cka2107';
  elapsedSeconds = 0;
  hintsTaken = 0;
  silent = 0;
  running = true;
  left: boolean | undefined;
  author?: AuthorPort;
  readonly terminals = new FakeTerminals();
  private readonly failures = new Set<(reason: string) => void>();

  constructor(view: LabView = LAB) {
    this.view = view;
  }

  silentMilliseconds(): number {
    return this.silent;
  }

  start(): void {
    this.running = true;
  }

  pause(): void {
    this.running = false;
  }

  /** What was typed in the first terminal. */
  get input(): string {
    return this.terminals.first.input;
  }

  set input(text: string) {
    this.terminals.first.input = text;
  }

  /** Sizes of the first terminal. */
  get sizes(): string[] {
    return this.terminals.first.sizes;
  }

  onFailure(listener: (reason: string) => void): () => void {
    this.failures.add(listener);
    return () => this.failures.delete(listener);
  }

  /** Asks for the terminal, as for an editor. */
  wantTerminal: (use: () => Promise<void>) => Promise<void> = async () => {};

  onTerminalWanted(lend: (use: () => Promise<void>) => Promise<void>): void {
    this.wantTerminal = lend;
  }

  /** Output of the cluster in the first terminal. */
  print(text: string): void {
    this.terminals.first.print(text);
  }

  fail(reason: string): void {
    for (const listener of this.failures) listener(reason);
  }

  hint(): HintView | undefined {
    const hint = this.view.hints[this.hintsTaken];
    if (hint) this.hintsTaken += 1;
    return hint;
  }

  noteSolution(): void {}

  typed(): readonly string[] {
    return ['k get po', 'exit'];
  }

  async grade(onStep: (step: string) => void): Promise<GradedView> {
    onStep('making a copy of your cluster');
    return GRADED;
  }

  async leave({ finished }: { readonly finished: boolean }): Promise<void> {
    this.left = finished;
  }
}

/** Ports over one session; every call is noted. */
export function fakePorts(session: LabSession, changes: Partial<ScreenPorts> = {}): ScreenPorts & { calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    notices: [],
    catalogue: () => CATALOGUE,
    prepare: () => void calls.push('prepare'),
    discard: (id) => void calls.push(`discard ${id}`),
    start: async (id, seed, { fromBase }) => {
      calls.push(`start ${id} ${seed ?? 'any seed'}${fromBase ? ' from base' : ''}`);
      return session;
    },
    resume: async (id) => {
      calls.push(`resume ${id}`);
      return session;
    },
    rebuild: async () => {
      calls.push('rebuild');
      return session;
    },
    ...changes,
  };
}
