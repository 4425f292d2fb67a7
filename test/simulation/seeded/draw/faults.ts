import type { Random } from '../../../../src/sim/kernel/random.js';
import type { Deed } from '../deed.js';
import { pathOf, seldom } from './objects.js';
import type { Story } from './story.js';

const WORKERS = ['node01', 'node02'];
const MANIFESTS = '/etc/kubernetes/manifests';

type Fault = Extract<Deed, { kind: 'fault' }>;

/** What may break, and how it is mended. A node that is switched off has nobody to switch it on: it is given up. */
function possible(worker: string): readonly Fault[] {
  const unit = (name: string): Fault => ({
    kind: 'fault',
    fault: `${name} stopped on ${worker}`,
    host: worker,
    script: `systemctl stop ${name}`,
    repair: `systemctl start ${name}`,
  });
  const component = (name: string): Fault => ({
    kind: 'fault',
    fault: `no ${name}`,
    host: 'controlplane',
    script: `mv ${MANIFESTS}/${name}.yaml /root/`,
    repair: `mv /root/${name}.yaml ${MANIFESTS}/`,
  });
  return [
    unit('kubelet'),
    unit('kubelet'),
    unit('containerd'),
    { kind: 'fault', fault: `${worker} reboots`, host: worker, script: 'reboot' },
    {
      kind: 'fault',
      fault: 'node02 is switched off',
      host: 'node02',
      script: 'poweroff',
    },
    component('kube-scheduler'),
    component('kube-controller-manager'),
    component('kube-apiserver'),
    component('etcd'),
  ];
}

/** Something breaks. */
export function breakSomething(random: Random, story: Story): Deed {
  const fault = random.pick(possible(random.pick(WORKERS)));
  if (story.faults.includes(fault.fault)) return mend(random, story);
  if (fault.repair !== undefined) story.faults.push(fault.fault);
  return fault;
}

/** Something that broke is mended. */
export function mend(random: Random, story: Story): Deed {
  const [fault = ''] = story.faults.splice(random.below(story.faults.length), 1);
  return { kind: 'repair', fault };
}

/** What an administrator does to nodes. */
export function changeNode(random: Random): Deed {
  const node = random.pick(WORKERS);
  const target = pathOf('nodes', undefined, node);
  const patch = (body: object): Deed => ({ kind: 'request', method: 'PATCH', target, body });
  const drain = `kubectl drain ${node} --ignore-daemonsets --delete-emptydir-data --force --timeout=${5 + random.below(30)}s`;
  return random.pick<() => Deed>([
    () => patch({ spec: { unschedulable: true } }),
    () => patch({ spec: { unschedulable: null } }),
    () => patch({ metadata: { labels: { disk: random.pick(['ssd', 'tape', null]) } } }),
    () =>
      patch({
        spec: { taints: [{ key: 'drawn', effect: random.pick(['NoSchedule', 'NoExecute', 'PreferNoSchedule']) }] },
      }),
    () => patch({ spec: { taints: null } }),
    () => ({ kind: 'script', script: drain }),
    () => ({ kind: 'script', script: `kubectl uncordon ${node}` }),
  ])();
}

/** A component or a pod's process dies. */
export function killSomething(random: Random, story: Story): Deed {
  const name = random.pick([
    'kube-scheduler',
    'kube-controller-manager',
    'kube-apiserver',
    'etcd',
    'kube-proxy',
    'nginx',
  ]);
  const host = name === 'nginx' ? random.pick(WORKERS) : 'controlplane';
  const nth = { kind: 'pod', how: 'evict', namespace: random.pick(story.namespaces), nth: random.below(20) } as const;
  if (seldom(random, 3)) return nth;
  return { kind: 'fault', fault: `${name} is killed on ${host}`, host, script: `pkill -9 -x ${name}` };
}
