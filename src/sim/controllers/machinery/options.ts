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
  rootCa: '',
  tokenKey: '',
  signers: {},
  signingDuration: 365 * DAY,
  legacyTokenPeriod: 365 * DAY,
};
