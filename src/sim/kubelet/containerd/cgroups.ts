import type { CriResources } from '../../api/types/cri.js';
import type { Cgroup, CgroupLimits } from '../../kernel/cgroup.js';

/** A control group with limits, at a path below another; one that is there already gets the new limits. */
export function makeCgroup(above: Cgroup, path: string, resources: CriResources): Cgroup {
  const group = above.below(path);
  changeLimits(group, resources);
  return group;
}

/** Other limits for what runs in a group. */
export function changeLimits(group: Cgroup, resources: CriResources): void {
  group.limits = { ...group.limits, ...limitsOf(resources) };
}

/** The limits as cgroup v2 has them (runc's conversion of shares into a weight). */
function limitsOf(resources: CriResources): CgroupLimits {
  const { cpuShares, cpuQuota, cpuPeriod, memoryLimitBytes, pidsLimit, oomGroup } = resources;
  return {
    cpuQuota,
    cpuPeriod,
    memoryMax: memoryLimitBytes,
    pidsMax: pidsLimit,
    oomGroup,
    ...(cpuShares === undefined ? {} : { cpuWeight: 1 + Math.trunc(((cpuShares - 2) * 9999) / 262142) }),
  };
}
