import { beforeAll, describe, expect, it } from 'vitest';
import { CommandLine } from './commands.js';

type Row = readonly [line: string, prints: string];

const READY = 'controlplane Ready\nnode01 Ready\nnode02 Ready\n';
const NODES = "kubectl get nodes --no-headers | awk '{print $1, $2}'";
const POLICY =
  '{"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "deny"}, "spec": {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}}';
const NOT_READY =
  'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';

describe('flannel', () => {
  let commands: CommandLine;
  beforeAll(() => {
    commands = new CommandLine('flannel', 'three-node', { cni: 'flannel' });
    commands.run('kubectl run web --image=nginx; kubectl run asks --image=busybox:1.36 -- sleep 1d; sleep 8');
    commands.run(`kubectl create -f - <<<'${POLICY}'; sleep 3`);
  }, 120_000);

  it.each<Row>([
    [NODES, READY],
    ['ls /etc/cni/net.d', '10-flannel.conflist\n'],
    [
      'cat /run/flannel/subnet.env',
      'FLANNEL_NETWORK=10.244.0.0/16\nFLANNEL_SUBNET=10.244.0.1/24\nFLANNEL_MTU=1450\nFLANNEL_IPMASQ=true\n',
    ],
    [
      'kubectl get node node01 -o jsonpath=\'{.status.conditions[?(@.type=="NetworkUnavailable")].reason}\'',
      'FlannelIsUp',
    ],
    [
      'ip route | grep flannel',
      '10.244.1.0/24 via 10.244.1.0 dev flannel.1 onlink \n10.244.2.0/24 via 10.244.2.0 dev flannel.1 onlink \n',
    ],
    [
      'kubectl exec asks -- wget -qO- -T 2 $(kubectl get pod web -o jsonpath={.status.podIP}) | grep title',
      '<title>Welcome to nginx!</title>\n',
    ],
    [
      'kubectl exec asks -- nslookup -type=a kubernetes.default.svc.cluster.local | tail -n 2',
      'Address: 10.96.0.1\n\n',
    ],
  ])('%s', (line, prints) => {
    expect(commands.run(line)).toBe(prints);
  });
});

describe('no network plugin, until somebody installs one', () => {
  let commands: CommandLine;
  beforeAll(() => {
    commands = new CommandLine('none', 'three-node', { cni: 'none' });
  }, 120_000);

  it.each<Row>([
    [NODES, READY.replaceAll('Ready', 'NotReady')],
    ['kubectl get node node01 -o jsonpath=\'{.status.conditions[?(@.type=="Ready")].message}\'', NOT_READY],
    ['kubectl get node node02 -o jsonpath={.spec.taints[*].key}', 'node.kubernetes.io/not-ready'],
    ['kubectl -n kube-system get po -l k8s-app=kube-dns --no-headers | grep -c Running', '0\n'],
    [
      'sed -i s,10.244.0.0/16,10.10.0.0/16, kube-flannel.yml; kubectl apply -f kube-flannel.yml >/dev/null; sleep 40; ' +
        NODES,
      READY,
    ],
    [
      'kubectl -n kube-flannel logs ds/kube-flannel-ds 2>/dev/null | tail -n 1 | sed "s/^.*] //; s/node0[12]/NODE/; s/244.[0-9]/244.N/; s/controlplane/NODE/"',
      'Error registering network: failed to acquire lease: subnet "10.10.0.0/16" specified in the flannel net config doesn\'t contain "10.244.N.0/24" PodCIDR of the "NODE" node\n',
    ],
    [
      "sed -i s,10.10.0.0/16,10.244.0.0/16, kube-flannel.yml; kubectl apply -f kube-flannel.yml >/dev/null; kubectl -n kube-flannel rollout restart ds kube-flannel-ds >/dev/null; sleep 60; kubectl -n kube-system get po -l k8s-app=kube-dns --no-headers | awk '{print $3}'",
      'Running\nRunning\n',
    ],
  ])('%s', (line, prints) => {
    expect(commands.run(line)).toBe(prints);
  });
});
