import { describe, expect, it } from 'vitest';
import { CommandLine } from './commands.js';

/** Booting a cluster takes seconds on a busy computer. */
const PATIENCE = 120_000;

/** A fault is a change to the machine; each row is what a learner does and what must follow from it. */
const ROWS: readonly { readonly says: string; readonly lines: readonly (readonly [line: string, shows: RegExp])[] }[] =
  [
    {
      says: 'without a scheduler pods stay Pending, and with it they run',
      lines: [
        [
          'mv /etc/kubernetes/manifests/kube-scheduler.yaml /root/ && sleep 5 && kubectl run p --image=nginx:1.27',
          /pod\/p created/,
        ],
        ['sleep 20; kubectl get pod p', /p +0\/1 +Pending/],
        ['mv /root/kube-scheduler.yaml /etc/kubernetes/manifests/; sleep 20; kubectl get pod p', /p +1\/1 +Running/],
      ],
    },
    {
      says: 'without an API server kubectl is refused, and the cluster comes back with it',
      lines: [
        [
          'mv /etc/kubernetes/manifests/kube-apiserver.yaml /root/; sleep 15; kubectl get nodes',
          /The connection to the server 172\.30\.1\.2:6443 was refused - did you specify the right host or port\?/,
        ],
        ['crictl ps | grep -c kube-apiserver', /^0$/m],
        [
          'mv /root/kube-apiserver.yaml /etc/kubernetes/manifests/; sleep 40; kubectl get nodes',
          /controlplane +Ready[\s\S]*node01 +Ready[\s\S]*node02 +Ready/,
        ],
      ],
    },
    {
      says: 'a wrong flag stands in the log of the container that cannot start',
      lines: [
        [
          'sed -i "s/--secure-port=6443/--secure-prot=6443/" /etc/kubernetes/manifests/kube-apiserver.yaml; sleep 30; kubectl get nodes',
          /was refused/,
        ],
        ['crictl logs $(crictl ps -a --name kube-apiserver -q | head -1)', /unknown flag: --secure-prot/],
        [
          'sed -i "s/--secure-prot/--secure-port/" /etc/kubernetes/manifests/kube-apiserver.yaml; sleep 60; kubectl get nodes',
          /controlplane +Ready/,
        ],
      ],
    },
    {
      says: 'a node whose kubelet is stopped turns NotReady after its grace period, and Ready again',
      lines: [
        ['ssh node01 systemctl stop kubelet; sleep 30; kubectl get node node01', /node01 +Ready/],
        ['sleep 40; kubectl get node node01', /node01 +NotReady/],
        ['kubectl describe node node01', /node\.kubernetes\.io\/unreachable:NoExecute/],
        ['ssh node01 systemctl start kubelet; sleep 15; kubectl get node node01', /node01 +Ready/],
      ],
    },
    {
      says: 'without CoreDNS names do not resolve, and what is refused is the DNS address',
      lines: [
        [
          'kubectl run b --image=busybox:1.36 -- sleep 1d; sleep 10; kubectl exec b -- nslookup kubernetes.default.svc.cluster.local',
          /10\.96\.0\.1\b/,
        ],
        [
          'kubectl -n kube-system scale deploy coredns --replicas=0; sleep 10; kubectl exec b -- nslookup kubernetes.default.svc.cluster.local',
          /10\.96\.0\.10.*refused/,
        ],
      ],
    },
  ];

describe('causes', () => {
  for (const { says, lines } of ROWS) {
    it(
      says,
      () => {
        const shell = new CommandLine('11');
        for (const [line, shows] of lines) expect(shell.run(line), line).toMatch(shows);
        expect(shell.machine.crashes()).toEqual([]);
      },
      PATIENCE,
    );
  }
});
