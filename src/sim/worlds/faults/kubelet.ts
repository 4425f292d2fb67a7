import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { HostFault } from './fault.js';
import { changeFile, systemctl } from './host-change.js';

const CONFIG = '/var/lib/kubelet/config.yaml';
const DROP_IN = '/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf';
const FLAGS = '/var/lib/kubelet/kubeadm-flags.env';
const KUBECONFIG = '/etc/kubernetes/kubelet.conf';

/** A file of kubelet's is changed, and kubelet started again with it where it runs; nobody starts a stopped one. */
const brokenFile = (name: string, path: string, change: (text: string) => string): HostFault => ({
  name,
  *applyOnHost(sys) {
    changeFile(sys, path, change);
    yield* readAgain(sys);
  },
});

function* readAgain(sys: Sys): Waiting<void> {
  yield* systemctl(sys, 'daemon-reload');
  yield* systemctl(sys, 'try-restart', 'kubelet');
}

/** kubelet's configuration names a client CA that there is not: kubelet ends as soon as it wants to read it. */
export const kubeletClientCaMissing = brokenFile('kubelet-client-ca-missing', CONFIG, (text) =>
  text.replace('/etc/kubernetes/pki/ca.crt', '/etc/kubernetes/pki/kubelet-ca.crt'),
);

/** A colon is gone from kubelet's configuration, which is no YAML any more. */
export const kubeletConfigNotYaml = brokenFile('kubelet-config-not-yaml', CONFIG, (text) =>
  text.replace(/^clusterDomain: /m, 'clusterDomain '),
);

/** Somebody stopped kubelet and took it out of what starts with the machine. */
export const kubeletDisabled: HostFault = {
  name: 'kubelet-disabled',
  *applyOnHost(sys) {
    yield* systemctl(sys, 'disable', '--now', 'kubelet');
  },
};

/** kubelet is given a flag that it had once and has no longer: it ends when it reads its command line. */
export const kubeletFlagRemoved = brokenFile('kubelet-flag-removed', FLAGS, (text) =>
  text.replace(/"\s*$/, ' --container-runtime=remote"\n'),
);

/** The unit's drop-in starts kubelet from where it is not. */
export const kubeletProgramMisplaced = brokenFile('kubelet-program-misplaced', DROP_IN, (text) =>
  text.replace('ExecStart=/usr/bin/kubelet ', 'ExecStart=/usr/local/bin/kubelet '),
);

/** kubelet runs, and asks for the API server at a port where nobody listens. */
export const kubeletServerPortWrong = brokenFile('kubelet-server-port-wrong', KUBECONFIG, (text) =>
  text.replace(/^(\s*server: .*):6443$/m, '$1:6433'),
);
