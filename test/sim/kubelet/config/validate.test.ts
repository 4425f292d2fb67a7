import { expect, test } from 'vitest';
import { configurationProblem } from '../../../../src/sim/kubelet/config/validate.js';

const problem = (words: string): string =>
  `failed to validate kubelet configuration, error: ${words}, path: &TypeMeta{Kind:,APIVersion:,}`;
const invalid = (words: string): string => problem(`invalid configuration: ${words}`);

// The words are kubelet v1.36's (pkg/kubelet/apis/config/validation).
test.each<[object, string | undefined]>([
  [{}, undefined],
  [{ maxPods: 0, healthzPort: 0, cgroupDriver: 'systemd' }, undefined],
  [{ maxPods: -4 }, invalid('maxPods (--max-pods) -4 must not be a negative number')],
  [{ port: 70_000 }, invalid('port (--port) 70000 must be between 1 and 65535, inclusive')],
  [
    { imageGCHighThresholdPercent: 70 },
    invalid(
      'imageGCLowThresholdPercent (--image-gc-low-threshold) 80 must be less than imageGCHighThresholdPercent (--image-gc-high-threshold) 70',
    ),
  ],
  [
    { topologyManagerPolicy: 'strict' },
    invalid(
      'topologyManagerPolicy (--topology-manager-policy) "strict" must be one of: ["none" "best-effort" "restricted" "single-numa-node"]',
    ),
  ],
  [{ containerLogMaxFiles: 1 }, invalid('containerLogMaxFiles must be greater than 1')],
  [
    { containerLogMonitorInterval: '2s' },
    invalid('containerLogMonitorInterval must be a positive time duration greater than or equal to 3s'),
  ],
  [
    { shutdownGracePeriod: '10s', shutdownGracePeriodCriticalPods: '20s' },
    invalid('shutdownGracePeriodCriticalPods {20s} must be <= shutdownGracePeriod {10s}'),
  ],
  [
    { enforceNodeAllocatable: ['pods', 'pods', 'kube-reserved', 'all'] },
    problem(
      '[invalid configuration: duplicated enforcements "pods" in enforceNodeAllocatable (--enforce-node-allocatable), invalid configuration: kubeReservedCgroup (--kube-reserved-cgroup) must be specified when "kube-reserved" or "kube-reserved-compressible" included in enforceNodeAllocatable (--enforce-node-allocatable), invalid configuration: option "all" specified for enforceNodeAllocatable (--enforce-node-allocatable). Valid options are "pods", "system-reserved", "system-reserved-compressible", "kube-reserved", "kube-reserved-compressible" or "none"]',
    ),
  ],
  [
    { memorySwap: { swapBehavior: 'UnlimitedSwap' } },
    invalid('memorySwap.swapBehavior "UnlimitedSwap" must be one of: "", "LimitedSwap" or "NoSwap"'),
  ],
])('kubelet with %j: %s', (given, words) => {
  expect(configurationProblem(given as never)).toBe(words);
});
