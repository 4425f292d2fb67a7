/** autoscaling/v2 HorizontalPodAutoscaler, the version that is kept. */
import type { KubeObject, LabelSelector } from '../object.js';

export interface HorizontalPodAutoscaler extends KubeObject {
  apiVersion: 'autoscaling/v2';
  kind: 'HorizontalPodAutoscaler';
  spec: HorizontalPodAutoscalerSpec;
  status?: HorizontalPodAutoscalerStatus;
}

export interface ScaleTarget {
  kind?: string;
  name?: string;
  apiVersion?: string;
}

export interface HorizontalPodAutoscalerSpec {
  scaleTargetRef: ScaleTarget;
  minReplicas?: number;
  maxReplicas?: number;
  metrics?: MetricSpec[];
  behavior?: { scaleUp?: ScalingRules; scaleDown?: ScalingRules };
}

export interface MetricSpec {
  type?: string;
  object?: MetricSource;
  pods?: MetricSource;
  resource?: MetricSource;
  containerResource?: MetricSource;
  external?: MetricSource;
}

/** What any of the sources can hold: which fields do depends on the source. */
export interface MetricSource {
  name?: string;
  container?: string;
  metric?: { name?: string; selector?: LabelSelector };
  describedObject?: ScaleTarget;
  target?: MetricTarget;
}

export interface MetricTarget {
  type?: string;
  value?: string;
  averageValue?: string;
  averageUtilization?: number;
}

export interface ScalingRules {
  stabilizationWindowSeconds?: number;
  selectPolicy?: string;
  policies?: { type: string; value: number; periodSeconds: number }[];
  tolerance?: string;
}

export interface MetricStatus {
  type?: string;
  object?: MetricSourceStatus;
  pods?: MetricSourceStatus;
  resource?: MetricSourceStatus;
  containerResource?: MetricSourceStatus;
  external?: MetricSourceStatus;
}

export interface MetricSourceStatus extends Omit<MetricSource, 'target'> {
  current?: Omit<MetricTarget, 'type'>;
}

export interface HorizontalPodAutoscalerStatus {
  observedGeneration?: number;
  lastScaleTime?: string;
  currentReplicas?: number;
  desiredReplicas: number;
  currentMetrics?: MetricStatus[] | null;
  conditions?: { type: string; status: string; lastTransitionTime?: string; reason?: string; message?: string }[];
}
