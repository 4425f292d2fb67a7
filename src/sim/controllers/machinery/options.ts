import type { SigningAuthority } from '../../client/pki/sign-request.js';
import { DAY, type Micros, SECOND } from '../../kernel/time.js';

/** What the controllers take from the manager's flags. */
export interface ControllerManagerOptions {
  readonly allocateNodeCidrs: boolean;
  /** Ranges pods get their addresses from, IPv4 or IPv6. */
  readonly clusterCidrs: readonly string[];
  readonly serviceClusterIpRanges: readonly string[];
  readonly nodeCidrMaskSize: number;
  readonly nodeMonitorPeriod: Micros;
  readonly nodeMonitorGracePeriod: Micros;
  readonly nodeStartupGracePeriod: Micros;
  readonly terminatedPodThreshold: number;
  /** How often all quotas are counted anew. */
  readonly quotaSyncPeriod: Micros;
  readonly autoscaling: AutoscalingOptions;
  /** What kube-root-ca.crt holds; empty: not published. */
  readonly rootCa: string;
  /** PEM of the key that signs tokens kept in Secrets; empty: none are made. */
  readonly tokenKey: string;
  /** Who signs certificates for which signer (kubernetes.io/…). */
  readonly signers: Readonly<Record<string, SigningAuthority>>;
  /** How long a certificate lives at most. */
  readonly signingDuration: Micros;
  /** How long a token in a Secret may be without use before it is taken away. */
  readonly legacyTokenPeriod: Micros;
}

/** What the autoscaler's flags say (`--horizontal-pod-autoscaler-…`). */
export interface AutoscalingOptions {
  readonly syncPeriod: Micros;
  /** How long a higher recommendation is kept to before fewer replicas are wanted. */
  readonly downscaleStabilization: Micros;
  readonly tolerance: number;
  readonly cpuInitializationPeriod: Micros;
  readonly initialReadinessDelay: Micros;
  /** Whether targets may be scaled to none (the gate HPAScaleToZero). */
  readonly scaleToZero: boolean;
}

/** The defaults of v1.36. */
export const DEFAULT_OPTIONS: ControllerManagerOptions = {
  allocateNodeCidrs: false,
  clusterCidrs: [],
  serviceClusterIpRanges: [],
  nodeCidrMaskSize: 24,
  nodeMonitorPeriod: 5 * SECOND,
  nodeMonitorGracePeriod: 50 * SECOND,
  nodeStartupGracePeriod: 60 * SECOND,
  terminatedPodThreshold: 12_500,
  quotaSyncPeriod: 300 * SECOND,
  autoscaling: {
    syncPeriod: 15 * SECOND,
    downscaleStabilization: 300 * SECOND,
    tolerance: 0.1,
    cpuInitializationPeriod: 300 * SECOND,
    initialReadinessDelay: 30 * SECOND,
    scaleToZero: false,
  },
  rootCa: '',
  tokenKey: '',
  signers: {},
  signingDuration: 365 * DAY,
  legacyTokenPeriod: 365 * DAY,
};
