/** resource.k8s.io/v1. */
import type { Condition, KubeObject, ObjectMeta } from '../object.js';
import type { NodeSelectorTerm } from './scheduling.js';

export interface DeviceClass extends KubeObject {
  spec: { selectors?: DeviceSelector[]; config?: DeviceConfiguration[]; extendedResourceName?: string };
}

export interface DeviceSelector {
  cel?: { expression: string };
}

export interface DeviceConfiguration {
  opaque?: { driver: string; parameters?: unknown };
}

export interface ResourceClaim extends KubeObject {
  spec: ResourceClaimSpec;
  status?: ResourceClaimStatus;
}

export interface ResourceClaimTemplate extends KubeObject {
  spec: { metadata?: ObjectMeta; spec: ResourceClaimSpec };
}

export interface ResourceClaimSpec {
  devices?: DeviceClaim;
}

export interface DeviceClaim {
  requests?: DeviceRequest[] | null;
  constraints?: { requests?: string[]; matchAttribute?: string; distinctAttribute?: string }[];
  config?: (DeviceConfiguration & { requests?: string[] })[];
}

export interface DeviceRequest {
  name: string;
  exactly?: ExactDeviceRequest;
  firstAvailable?: (ExactDeviceRequest & { name: string })[];
}

export interface ExactDeviceRequest {
  deviceClassName: string;
  selectors?: DeviceSelector[];
  allocationMode?: string;
  count?: number;
  adminAccess?: boolean;
  tolerations?: DeviceToleration[];
}

export interface DeviceToleration {
  key?: string;
  operator?: string;
  value?: string;
  effect?: string;
}

export interface ResourceClaimStatus {
  allocation?: AllocationResult;
  reservedFor?: { apiGroup?: string; resource: string; name: string; uid: string }[];
  devices?: AllocatedDevice[];
}

export interface AllocationResult {
  devices?: {
    results?: AllocatedRequest[];
    config?: (DeviceConfiguration & { source: string; requests?: string[] })[];
  };
  nodeSelector?: { nodeSelectorTerms?: NodeSelectorTerm[] };
}

/** Which device it is. */
export interface DeviceId {
  driver: string;
  pool: string;
  device: string;
  shareID?: string;
}

export interface AllocatedRequest extends DeviceId {
  request: string;
  tolerations?: DeviceToleration[];
  bindingConditions?: string[];
  bindingFailureConditions?: string[];
}

export interface AllocatedDevice extends DeviceId {
  conditions?: Condition[];
  data?: unknown;
  networkData?: { interfaceName?: string; hardwareAddress?: string; ips?: string[] };
}

export interface ResourceSlice extends KubeObject {
  spec: ResourceSliceSpec;
}

export interface ResourceSliceSpec {
  driver: string;
  pool: { name: string; generation: number; resourceSliceCount: number };
  nodeName?: string;
  nodeSelector?: { nodeSelectorTerms?: NodeSelectorTerm[] };
  allNodes?: boolean;
  devices?: Device[];
  perDeviceNodeSelection?: boolean;
  sharedCounters?: CounterSet[];
}

export interface CounterSet {
  name: string;
  counters?: Record<string, { value: string }>;
}

export interface Device {
  name: string;
  attributes?: Record<string, DeviceAttribute>;
  capacity?: Record<string, DeviceCapacity>;
  consumesCounters?: { counterSet: string; counters?: Record<string, { value: string }> }[];
  nodeName?: string;
  nodeSelector?: { nodeSelectorTerms?: NodeSelectorTerm[] };
  allNodes?: boolean;
  taints?: { key: string; value?: string; effect: string; timeAdded?: string }[];
  bindsToNode?: boolean;
  bindingConditions?: string[];
  bindingFailureConditions?: string[];
  allowMultipleAllocations?: boolean;
  nodeAllocatableResourceMappings?: Record<string, unknown>;
}

export interface DeviceAttribute {
  int?: number;
  bool?: boolean;
  string?: string;
  version?: string;
  ints?: number[];
  bools?: boolean[];
  strings?: string[];
  versions?: string[];
}

export interface DeviceCapacity {
  value: string;
  requestPolicy?: CapacityRequestPolicy;
}

export interface CapacityRequestPolicy {
  default?: string;
  validValues?: string[];
  validRange?: { min?: string; max?: string; step?: string };
}
