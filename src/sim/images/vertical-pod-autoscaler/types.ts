import type { KubeObject } from '../../api/object.js';
import type { ResourceType } from '../../client/client.js';

/** The kinds of autoscaling.k8s.io/v1 as far as they are read here. */
const GROUP = 'autoscaling.k8s.io';

export const AUTOSCALERS: ResourceType = {
  ...{
    group: GROUP,
    version: 'v1',
    resource: 'verticalpodautoscalers',
    kind: 'VerticalPodAutoscaler',
    namespaced: true,
  },
};

export const CHECKPOINTS: ResourceType = {
  group: GROUP,
  version: 'v1',
  resource: 'verticalpodautoscalercheckpoints',
  kind: 'VerticalPodAutoscalerCheckpoint',
  namespaced: true,
};

/** Amounts by resource, as quantities. */
export type Amounts = Readonly<Record<string, string>>;

export interface TargetRef {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly name: string;
}

export interface ContainerPolicy {
  readonly containerName?: string;
  readonly mode?: 'Auto' | 'Off';
  readonly minAllowed?: Amounts;
  readonly maxAllowed?: Amounts;
  readonly controlledResources?: readonly string[];
  readonly controlledValues?: 'RequestsAndLimits' | 'RequestsOnly';
  /** Only behind a feature gate. */
  readonly startupBoost?: object;
}

export interface ResourcePolicy {
  readonly containerPolicies?: readonly ContainerPolicy[];
}

export interface EvictionRequirement {
  readonly resources: readonly string[];
  readonly changeRequirement: 'TargetHigherThanRequests' | 'TargetLowerThanRequests';
}

export interface UpdatePolicy {
  readonly updateMode?: string;
  readonly minReplicas?: number;
  readonly evictionRequirements?: readonly EvictionRequirement[];
  readonly evictAfterOOMSeconds?: number;
}

/** What is recommended for a container. */
export interface ContainerRecommendation {
  readonly containerName: string;
  readonly target: Amounts;
  readonly lowerBound?: Amounts;
  readonly upperBound?: Amounts;
  readonly uncappedTarget?: Amounts;
}

export interface AutoscalerCondition {
  readonly type: string;
  readonly status: string;
  readonly lastTransitionTime?: string;
  readonly reason?: string;
  readonly message?: string;
}

export interface AutoscalerStatus {
  readonly recommendation?: { readonly containerRecommendations?: readonly ContainerRecommendation[] };
  readonly conditions?: readonly AutoscalerCondition[];
}

export interface Autoscaler extends KubeObject {
  readonly spec: {
    readonly targetRef?: TargetRef;
    readonly updatePolicy?: UpdatePolicy;
    readonly resourcePolicy?: ResourcePolicy;
    readonly recommenders?: readonly { readonly name: string }[];
    readonly startupBoost?: object;
  };
  readonly status?: AutoscalerStatus;
}

export interface HistogramCheckpoint {
  readonly referenceTimestamp?: string | null;
  readonly bucketWeights?: Readonly<Record<string, number>>;
  readonly totalWeight?: number;
}

export interface Checkpoint extends KubeObject {
  readonly spec: { readonly vpaObjectName?: string; readonly containerName?: string };
  readonly status?: {
    readonly lastUpdateTime?: string | null;
    readonly version?: string;
    readonly cpuHistogram?: HistogramCheckpoint;
    readonly memoryHistogram?: HistogramCheckpoint;
    readonly firstSampleStart?: string | null;
    readonly lastSampleStart?: string | null;
    readonly totalSamplesCount?: number;
  };
}

/** The mode of an autoscaler that says nothing of it (GetUpdateMode). */
export function updateModeOf({ spec }: Autoscaler): string {
  return spec.updatePolicy?.updateMode || 'Recreate';
}

/** What an autoscaler says of a container: by its name, or for all others. */
export function policyOf(name: string, policy: ResourcePolicy | undefined): ContainerPolicy | undefined {
  const all = policy?.containerPolicies ?? [];
  return (
    all.find(({ containerName }) => containerName === name) ??
    all.findLast(({ containerName }) => containerName === '*')
  );
}
