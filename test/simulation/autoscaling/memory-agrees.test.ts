import { beforeAll, describe, expect, test } from 'vitest';
import { CommandLine } from '../commands.js';

const MIB = 1_048_576;

describe('what programs take of memory is the same wherever one looks', () => {
  let line: CommandLine;
  const cadvisor = new Map<string, number>();
  const run = (text: string): string => line.run(text);
  const working = (labels: string): number => {
    for (const [name, value] of cadvisor)
      if (name.startsWith('container_memory_working_set_bytes') && name.includes(labels)) return value;
    return Number.NaN;
  };
  beforeAll(() => {
    line = new CommandLine('1', 'single-node', { addons: ['metrics-server'] });
    run('kubectl run web --image=nginx; sleep 60');
    for (const row of run('kubectl get --raw /api/v1/nodes/controlplane/proxy/metrics/cadvisor').split('\n')) {
      const [, name = '', value] = /^(\w+(?:\{.*\})?) (\S+)/.exec(row) ?? [];
      cadvisor.set(name, Number(value));
    }
  }, 120_000);

  test.each([
    ['kube-system', 'kube-apiserver-controlplane', 'kube-apiserver', 200],
    ['kube-system', 'etcd-controlplane', 'etcd', 30],
    ['default', 'web', 'web', 2],
  ])('%s/%s by kubectl top, by cAdvisor and by its control group', (namespace, pod, container, least) => {
    const top = run(`kubectl top pod ${pod} -n ${namespace} --no-headers`);
    const bytes = working(`container="${container}"`);
    expect(bytes / MIB).toBeGreaterThan(least);
    expect(Number(/(\d+)Mi/.exec(top)?.[1])).toBe(Math.floor(bytes / MIB));
    const path = run(`cat /proc/$(pgrep -o -f ${container === 'web' ? 'nginx:\\|^nginx' : `^${container}`})/cgroup`)
      .trim()
      .slice(3);
    expect(Number(run(`cat /sys/fs/cgroup${path}/memory.current`))).toBe(bytes - (bytes % 4096));
  });

  test('ps and /proc tell at least what is charged', () => {
    const resident = Number(run('ps -o rss= -p $(pgrep -f ^kube-apiserver)'));
    expect(resident * 1024).toBeGreaterThan(working('container="kube-apiserver"'));
    expect(run('grep VmRSS /proc/$(pgrep -f ^kube-apiserver)/status')).toContain(` ${resident} kB`);
  });

  test('the node is what its groups are, and free leaves the rest', () => {
    const used = Number(run("free -b | awk '/^Mem/ {print $3}'"));
    const root = working('id="/"');
    expect(used).toBeGreaterThan(root);
    const top = Number(/(\d+)Mi/.exec(run('kubectl top node --no-headers'))?.[1]);
    expect(Math.abs(top - used / MIB)).toBeLessThan(4);
  });

  test('a daemon of the host has a control group of its own', () => {
    const current = Number(run('cat /sys/fs/cgroup/system.slice/kubelet.service/memory.current'));
    expect(run('systemctl status kubelet')).toContain(`Memory: ${(current / MIB).toFixed(1)}M`);
    expect(working('id="/system.slice/kubelet.service"')).toBe(current);
  });

  test('idle components use little of a CPU, and not nothing', () => {
    const [, cpu = '', share = ''] = /(\d+)m +(\d+)%/.exec(run('kubectl top node --no-headers')) ?? [];
    expect(Number(cpu)).toBeGreaterThan(50);
    expect(Number(share)).toBeLessThan(12);
  });

  test('a program that needs more than its limit is killed as it starts', () => {
    const limit = '{"spec":{"containers":[{"name":"small","image":"nginx","resources":{"limits":{"memory":"2Mi"}}}]}}';
    run(`kubectl run small --image=nginx --restart=Never --overrides='${limit}'`);
    run('sleep 5');
    expect(run("kubectl get pod small -o jsonpath='{.status.containerStatuses[0].state.terminated.reason}'")).toBe(
      'OOMKilled',
    );
  });

  test('who says for whom he asks without the certificate of the front proxy is not believed', () => {
    const url = `https://${run('kubectl -n kube-system get svc metrics-server -o jsonpath={.spec.clusterIP}')}/apis/metrics.k8s.io/v1beta1/nodes`;
    const pki = '/etc/kubernetes/pki';
    const ask = (who: string) => run(`curl -sk ${who} -H 'X-Remote-User: admin' ${url}`);
    expect(ask('')).toContain('forbidden: User \\"system:anonymous\\" cannot get path');
    const other = `--cert ${pki}/apiserver-kubelet-client.crt --key ${pki}/apiserver-kubelet-client.key`;
    expect(ask(other)).toContain('forbidden: User \\"kube-apiserver-kubelet-client\\" cannot get path');
    const etcd = `--cert ${pki}/etcd/healthcheck-client.crt --key ${pki}/etcd/healthcheck-client.key`;
    expect(ask(etcd)).toContain('"reason":"Unauthorized"');
    const proxy = `--cert ${pki}/front-proxy-client.crt --key ${pki}/front-proxy-client.key`;
    expect(ask(proxy)).toContain('"kind":"NodeMetricsList"');
  });
});
