import type { Pod } from '../../api/types/pod.js';
import { SECOND } from '../../kernel/time.js';
import type { KubeletConfiguration } from '../config/configuration.js';

/** How long pods of a priority and above have to end before the machine goes down. */
export interface ShutdownPeriod {
  readonly priority: number;
  readonly seconds: number;
}

const CRITICAL = 2_000_000_000;

type Settings = Pick<
  KubeletConfiguration,
  'shutdownGracePeriod' | 'shutdownGracePeriodCriticalPods' | 'shutdownGracePeriodByPodPriority'
>;

/** The periods in the order of priorities: those that are named, or the usual and the critical pods' (migrateConfig). */
export function shutdownPeriods(config: Settings): ShutdownPeriod[] {
  const { shutdownGracePeriodByPodPriority: named } = config;
  if (named.length > 0) return [...named].sort((one, other) => one.priority - other.priority);
  const usual = config.shutdownGracePeriod - config.shutdownGracePeriodCriticalPods;
  if (config.shutdownGracePeriod === 0 || usual < 0) return [];
  return [
    { priority: 0, seconds: Math.trunc(usual / SECOND) },
    { priority: CRITICAL, seconds: Math.trunc(config.shutdownGracePeriodCriticalPods / SECOND) },
  ];
}

/** The pods of each period: of the highest one that is not above their priority, or of the lowest (groupByPriority). */
export function groupPods(
  periods: readonly ShutdownPeriod[],
  pods: readonly Pod[],
): { readonly seconds: number; readonly pods: readonly Pod[] }[] {
  const indexOf = ({ spec: { priority = 0 } }: Pod) =>
    Math.max(
      0,
      periods.findLastIndex((period) => period.priority <= priority),
    );
  return periods.map(({ seconds }, index) => ({ seconds, pods: pods.filter((pod) => indexOf(pod) === index) }));
}
