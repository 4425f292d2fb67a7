import { expect, test } from 'vitest';
import { parseConfiguration } from '../../../../src/sim/kubelet/config/configuration.js';
import { parseFlags, withFlags } from '../../../../src/sim/kubelet/config/flags.js';

const HEAD = 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n';

// A flag counts before the configuration file, also when it says nothing (kubelet: kubeletConfigFlagPrecedence).
test.each<[string, string[], string | undefined]>([
  ['staticPodPath: /etc/kubernetes/manifests', [], '/etc/kubernetes/manifests'],
  ['staticPodPath: /etc/kubernetes/manifests', ['--pod-manifest-path=/srv/pods'], '/srv/pods'],
  ['staticPodPath: /etc/kubernetes/manifests', ['--pod-manifest-path', '/srv/pods'], '/srv/pods'],
  ['staticPodPath: /etc/kubernetes/manifests', ['--pod-manifest-path='], undefined],
  ['', ['--pod-manifest-path=/srv/pods'], '/srv/pods'],
])('%s with %j takes manifests from %s', (line, args, folder) => {
  const flags = parseFlags(args);
  if ('error' in flags) throw new Error(flags.error);
  const config = withFlags(parseConfiguration(`${HEAD}${line}\n`, 'config.yaml'), flags);
  expect(config.staticPodPath).toBe(folder);
});
