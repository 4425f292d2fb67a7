import { expect, test } from 'vitest';
import { type GradeOptions, grade } from '../../src/checker/grade.js';
import type { Check, Report } from '../../src/checker/rubric.js';
import type { Capability, CommandResult, PutBack } from '../../src/clusters/port.js';
import { ClusterError } from '../../src/clusters/port.js';
import { FakeCluster, type FakeContent } from './fake-cluster.js';
import { HOSTS } from './graded.js';

/** A cluster of which copies can be told apart, and which tells what was done to it. */
class Copied extends FakeCluster {
  private readonly told: string[];
  private readonly called: string;
  private readonly given: FakeContent;

  constructor(content: FakeContent, told: string[], called = 'it') {
    super(content);
    [this.told, this.called, this.given] = [told, called, content];
  }

  override async run(host: string, user: string, argv: readonly string[]): Promise<CommandResult> {
    this.told.push(`${this.called}: ${argv.at(-1)}`);
    return super.run(host, user, argv);
  }

  override async settle(seconds?: number): Promise<boolean> {
    this.told.push(`${this.called}: settles within ${seconds} s`);
    return true;
  }

  override async copy(): Promise<Copied> {
    return new Copied(this.given, this.told, 'copy');
  }

  override async close(): Promise<void> {
    this.told.push(`${this.called}: closed`);
  }
}

const script = (run: string): Check => ({ id: run, says: run, points: 1, script: { host: 'node01', run } }) as Check;
const log = (id: string, more: object = {}): Check =>
  ({ id, says: id, points: 1, log: { host: 'node01', unit: 'web', since: 'action' }, ...more }) as Check;
const before = (run: string) => ({ before: [{ run, code: 0 }] });

async function graded(checks: readonly Check[], more: Partial<GradeOptions> = {}, content: FakeContent = {}) {
  const told: string[] = [];
  const cluster = new Copied(content, told);
  const report = await grade(cluster, { checks, baseline: new Map() as never, hosts: HOSTS, ...more });
  return { told, report };
}

test('every check that acts has a copy, which is thrown away', async () => {
  expect((await graded([script('a'), script('b')])).told).toEqual([
    'copy: a',
    'copy: closed',
    'copy: b',
    'copy: closed',
  ]);
});

test('a cluster that is thrown away itself is what the last one acts on', async () => {
  expect((await graded([script('a'), script('b')], { spend: true })).told).toEqual([
    'copy: a',
    'copy: closed',
    'it: b',
  ]);
});

/** A cluster that cannot be copied, and can do this. */
function single(capabilities: readonly Capability[], run?: FakeContent['run']): FakeCluster {
  return Object.assign(new FakeCluster({ capabilities, ...(run ? { run } : {}) }), { copy: undefined });
}
const node = { apiVersion: 'v1', kind: 'Node', name: 'x' };
const gone = { id: 'g', says: 'g', gone: node } as Check;

test.each<[string, readonly Capability[], boolean, string]>([
  [
    'and may not be spoiled',
    ['virtual-time'],
    true,
    'the check acts, and this cluster can neither be copied nor spoiled',
  ],
  [
    'leaves undecided what acts before the attempt ends',
    ['expendable'],
    false,
    'the check acts on the cluster itself, so it is judged only when the attempt ends',
  ],
  ['is acted on when it ends', ['expendable'], true, 'exit code 0'],
])('a cluster that cannot be copied %s', async (_, capabilities, spend, found) => {
  const options = { checks: [script('a'), gone], baseline: {}, hosts: HOSTS, spend };
  const { checks } = await grade(single(capabilities), options);
  expect(checks.map((check) => [check.found, check.undecided])).toEqual([
    [found, found === 'exit code 0' ? undefined : true],
    ['no node/x', undefined],
  ]);
});

test('checks that act on one cluster do so in the order in which they spoil least', async () => {
  const acting = (id: string, ...acts: object[]): Check => ({ ...gone, id, says: id, before: acts }) as Check;
  const asRoot = { id: 'r', says: 'r', script: { host: 'controlplane', as: 'root', run: 'r' } } as Check;
  const checks = [
    acting('reboot', { reboot: 'controlplane' }),
    asRoot,
    acting('root', { run: 'root', as: 'root' }),
    acting('run', { run: 'run' }),
    script('s'),
    acting('wait', { advance: '5s' }),
  ];
  const order: string[] = [];
  const cluster = single(['expendable', 'nodes-root', 'virtual-time'], (_, argv) => {
    order.push(argv.at(-1) as string);
    return { stdout: 'running' };
  });
  cluster.wait = async (seconds) => void order.push(`${seconds} s`);
  await grade(cluster, { checks, baseline: {}, hosts: HOSTS, spend: true });
  expect(order).toEqual(['5 s', 's', 'run', 'r', 'root', 'reboot', '1 s', 'is-system-running']);
});

test.each<[string, readonly Check[], readonly string[], readonly { changed?: boolean; left?: string[] }[]]>([
  ['once nobody acts there is nothing to put back', [gone], [], []],
  ['nothing is put back after the last', [script('a')], ['noted', 'a'], []],
  [
    'what was changed is put back before the next, and quiet waited for',
    [script('a'), script('b')],
    ['noted', 'a', 'put back', 'settles within 9 s', 'b'],
    [{ changed: true }],
  ],
  [
    'pods are made again where somebody may have been in them',
    [script('kubectl exec web -- rm x'), script('b')],
    ['noted', 'kubectl exec web -- rm x', 'put back, pods too', 'b'],
    [{}],
  ],
  [
    'also by what comes before a check',
    [
      { ...gone, id: 'k', before: [{ run: 'k cp a b:/' }] } as Check,
      { ...gone, id: 'l', before: [{ run: 'x', as: 'root' }] } as Check,
    ],
    ['noted', 'k cp a b:/', 'settles within 9 s', 'put back, pods too', 'x', 'settles within 9 s'],
    [{}],
  ],
  [
    'what cannot be put back leaves the next undecided, until it can be',
    [script('a'), script('b'), script('c')],
    ['noted', 'a', 'put back', 'put back', 'c', 'undecided b: what another check did could not be put back: x stays'],
    [{ left: ['x stays'] }, {}],
  ],
])('where checks act on one cluster, %s', async (_, checks, expected, ends) => {
  const told: string[] = [];
  const cluster = single(['expendable'], (_host, argv) => {
    told.push(argv.at(-1) as string);
    return {};
  });
  const turns = [...ends];
  cluster.settle = async (seconds?: number) => {
    told.push(`settles within ${seconds} s`);
    return true;
  };
  const noteState = async (): Promise<PutBack> => {
    told.push('noted');
    return async ({ inside }) => {
      told.push(inside ? 'put back, pods too' : 'put back');
      return { changed: false, left: [], ...turns.shift() };
    };
  };
  Object.assign(cluster, { noteState });
  const report = await grade(cluster, { checks, baseline: {}, hosts: HOSTS, spend: true, settleSecondsMax: 9 });
  for (const { id, undecided, found } of report.checks) if (undecided) told.push(`undecided ${id}: ${found}`);
  expect(told).toEqual(expected);
});

test('quiet after what was put back is waited for as long as after any action', async () => {
  const told: string[] = [];
  const cluster = single(['expendable'], () => ({}));
  cluster.settle = async (seconds?: number) => told.push(`settles within ${seconds} s`) > 0;
  Object.assign(cluster, { noteState: async () => async () => ({ changed: true, left: [] }) });
  await grade(cluster, { checks: [script('a'), script('b')], baseline: {}, hosts: HOSTS, spend: true });
  expect(told).toEqual(['settles within 180 s']);
});

const breaking = (...when: string[]) =>
  single(['expendable'], (_, argv) => {
    if (when.includes(argv.at(-1) as string)) throw new ClusterError('connection refused');
    return {};
  });
const ending = async (cluster: FakeCluster, checks: readonly Check[], more: Partial<GradeOptions> = {}) => {
  const told: string[] = [];
  const report = (one: Report): string =>
    one.checks.map(({ id, earned, found }) => `${id} ${earned} ${found}`).join(', ');
  const beforeActing = (soFar: Report): void => void told.push(report(soFar));
  const options = { checks, baseline: {}, hosts: HOSTS, spend: true, beforeActing, ...more };
  const end = await grade(cluster, options).then(report, (error: Error) => `throws ${error.message}`);
  return [...told, end];
};

test('who is ended while checks change the cluster has what was found out before', async () => {
  const cut = 'the check changes the cluster, and the grading did not come to its end';
  const checks = [gone, script('a'), script('b')];
  const soFar = `g 0 no node/x, a 0 ${cut}, b 0 for the same reason as a`;
  expect(await ending(breaking(), checks)).toEqual([soFar, 'g 0 no node/x, a 1 exit code 0, b 1 exit code 0']);
  expect(await ending(breaking('a'), checks)).toEqual([
    soFar,
    'g 0 no node/x, a 0 connection refused, b 1 exit code 0',
  ]);
  // Also of checks that do the same first.
  const alike = ['k', 'l', 'm'].map(
    (name) => ({ ...gone, id: name, points: 1, gone: { ...node, name }, before: [{ run: 'x' }] }) as Check,
  );
  const lost = breaking();
  const request = lost.request.bind(lost);
  lost.request = async (one) => {
    if (one.path.endsWith('/l')) throw new ClusterError('connection refused');
    return request(one);
  };
  expect((await ending(lost, alike)).at(-1)).toBe(
    'k 1 no node/k, l 0 connection refused, m 0 for the same reason as l',
  );
  const full = (): never => {
    throw new Error('the disk is full');
  };
  const cluster = breaking();
  expect(await ending(cluster, checks, { beforeActing: full })).toEqual(['throws the disk is full']);
  expect(cluster.runs).toEqual([]);
});

test('a cluster that is gone before anything was changed cannot be graded', async () => {
  const cluster = breaking();
  Object.assign(cluster, { noteState: () => Promise.reject(new ClusterError('no route to host')) });
  expect(await ending(cluster, [gone, script('a')])).toEqual(['throws no route to host']);
  expect(await ending(breaking(), [gone])).toEqual(['g 0 no node/x']);
  const copied = Object.assign(breaking('a'), { copy: async () => breaking('a') });
  expect((await ending(copied, [script('a')])).at(-1)).toBe('throws connection refused');
});

/** In which order of rounds, and who acts on what, is the same where copies can be had. */
test('with copies they act as they are written', async () => {
  const { told } = await graded([script('b'), { ...gone, id: 'w', before: [{ advance: '1s' }] } as Check]);
  expect(told).toEqual(['copy: b', 'copy: closed', 'copy: settles within 180 s', 'copy: closed']);
});

test.each<[Partial<GradeOptions>, number]>([
  [{}, 180],
  [{ settleSecondsMax: 7 }, 7],
])('what comes first is done once, and quiet waited for: %j', async (more, seconds) => {
  const acting = [log('a', before('do')), log('b', before('do'))];
  const { told } = await graded(acting, more, { run: () => ({ stdout: '' }) });
  const done = told.filter((line) => /do$|settles/.test(line));
  expect(done).toEqual(['copy: do', `copy: settles within ${seconds} s`]);
});

test('an action that fails leaves its checks undecided', async () => {
  const run: FakeContent['run'] = (_, argv) => (argv.at(-1) === 'do' ? { code: 3, stderr: 'no' } : {});
  const { report } = await graded([log('a', before('do'))], {}, { run });
  expect(report.checks[0]).toMatchObject({ passed: false, undecided: true });
});

test('lines that were there before what comes first was done do not count', async () => {
  let journal = 'old\n';
  const run: FakeContent['run'] = (_, argv) => {
    if (argv.at(-1) === 'do') journal += 'new\n';
    return argv[0] === 'journalctl' ? { stdout: journal } : {};
  };
  const since = { id: 'b', says: 'b', points: 1, any: [{ log: { host: 'node01', unit: 'web', since: 'action' } }] };
  const { report } = await graded([log('a', before('do')), { ...since, ...before('do') } as Check], {}, { run });
  expect(report.checks.map(({ passed, found }) => [passed, found])).toEqual([
    [true, '1 of 1 lines: new'],
    [true, '1 of 1 lines: new'],
  ]);
});

test.each<[Partial<GradeOptions>, number, string]>([
  [{}, 20, 'it exists'],
  [{ realSecondsMax: 0.005 }, 2000, 'it took longer than 0.005 s'],
])('a check that takes its time, %j: %s', async (more, ms, found) => {
  class Slow extends FakeCluster {
    override async file(...given: Parameters<FakeCluster['file']>) {
      await new Promise((resolve) => {
        setTimeout(resolve, ms).unref();
      });
      return super.file(...given);
    }
  }
  const file = { id: 'f', says: 'f', points: 1, file: { host: 'node01', path: '/a' } } as Check;
  const cluster = new Slow({ files: { 'cka1-node1:/a': 'x' } });
  const { checks } = await grade(cluster, { checks: [file], baseline: {}, hosts: HOSTS, ...more });
  expect(checks.map((check) => check.found)).toEqual([found]);
});

/** Where time is real a check is given what it may have to wait for on top: here the second that its command may take. */
test.each<[readonly Capability[], number, string]>([
  [['copies', 'virtual-time'], 1, 'it took longer than 0.005 s'],
  [['copies'], 1, 'exit code 0'],
])('a cluster that can %j: a command may take its time', async (capabilities, seconds, found) => {
  class Slow extends FakeCluster {
    override async run(...given: Parameters<FakeCluster['run']>) {
      await new Promise((resolve) => {
        setTimeout(resolve, 60).unref();
      });
      return super.run(...given);
    }
  }
  const check = { ...script('a'), script: { host: 'node01', run: 'a', timeout_seconds: seconds } } as Check;
  const options = { checks: [check], baseline: {}, hosts: HOSTS, realSecondsMax: 0.005 };
  const { checks } = await grade(new Slow({ capabilities }), options);
  expect(checks.map((one) => one.found)).toEqual([found]);
});

test('a host that has no other name in this world is called by its own', async () => {
  const cluster = new FakeCluster();
  const node = { ...script('a'), script: { host: 'node02', run: 'a' } } as Check;
  await grade(cluster, { checks: [script('a'), node], baseline: {}, hosts: HOSTS, spend: true });
  expect(cluster.runs).toEqual(['candidate@cka1-node1: bash -c a', 'candidate@node02: bash -c a']);
});

test.each([[script('a')], [log('a', before('do'))]])(
  'what is wrong with the program itself is no verdict: %j',
  async (check) => {
    const run: FakeContent['run'] = () => {
      throw new TypeError('a defect');
    };
    const failed = await graded([check], {}, { run }).catch((error: Error) => error.message);
    expect(failed).toBe('a defect');
  },
);

test.each<[Error, string]>([
  [new ClusterError('gone'), 'judged'],
  [new TypeError('a defect'), 'a defect'],
])('pods that cannot be taken away again: %s', async (error, outcome) => {
  const probing = { id: 'r', says: 'r', resolve: { from: { probe: { namespace: 'shop' } }, names: ['db'] } } as Check;
  const cluster = new FakeCluster({
    responds: ({ method }) => {
      if (method === 'DELETE') throw error;
      return undefined;
    },
  });
  const said = await grade(cluster, { checks: [probing], baseline: new Map() as never, hosts: HOSTS }).then(
    () => 'judged',
    (thrown: Error) => thrown.message,
  );
  expect(said).toBe(outcome);
});
