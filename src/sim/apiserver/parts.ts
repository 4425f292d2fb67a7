import type { Random } from '../kernel/random.js';
import type { Micros } from '../kernel/time.js';
import type { Admission } from './admission/admission.js';
import type { AuditLog } from './audit/trail.js';
import type { Authenticator } from './authentication/authenticator.js';
import type { Authorizer } from './authorization/authorizer.js';
import type { IssuerDocuments } from './discovery/issuer-documents.js';
import type { KindRegister } from './kind-register.js';
import type { Metrics } from './metrics/metrics.js';
import type { OutgoingAccess } from './outgoing/outgoing-access.js';
import type { EtcdAccess } from './storage/etcd-access.js';
import type { StorageState } from './storage/storage-state.js';
import type { KubeletAccess } from './subresources/kubelet-access.js';
import type { ProxyAccess } from './subresources/proxy-target.js';
import type { WatchHub } from './verbs/watch-hub.js';

/** What a server is put together from. */
export interface ServerParts {
  readonly now: () => Micros;
  readonly random: Random;
  readonly etcd: EtcdAccess;
  readonly kinds: KindRegister;
  readonly authenticators: readonly Authenticator[];
  readonly anonymousAuth: boolean;
  /** The paths to which nobody is let in (--authentication-config); undefined: to all. */
  readonly anonymousPaths?: readonly string[];
  /** Whom tokens have to be meant for (--api-audiences). */
  readonly audiences?: readonly string[];
  /** Hears why a request was not let in; the client hears only that. */
  readonly unauthenticated?: (message: string) => void;
  readonly authorizers: readonly Authorizer[];
  readonly admission: readonly Admission[];
  readonly kubelets: KubeletAccess | undefined;
  /** The way to pods and services for those who ask through this server. */
  readonly proxy?: ProxyAccess;
  /** The way to webhooks and others the server asks by itself. */
  readonly outgoing?: OutgoingAccess;
  readonly watches: WatchHub;
  /** What of etcd could not be read when the server started; undefined where nobody has looked. */
  readonly storage?: StorageState;
  /** What --encryption-provider-config asks for. */
  readonly encryption?: { readonly reloads: boolean; readonly plugin: string | undefined };
  /** Where requests are written down; undefined without --audit-policy-file and --audit-log-path. */
  readonly audit?: AuditLog;
  /** What /metrics tells; undefined counts nothing. */
  readonly metrics?: Metrics;
  /** Whether --proxy-client-cert-file was given. */
  readonly hasProxyCertificate?: boolean;
  /** What it shows to servers that it hands requests on to, so that they believe for whom it speaks. PEM. */
  readonly proxyPair?: { readonly certificate: string; readonly key: string };
  /** Where clients find the server, as /api tells. */
  readonly advertise: { readonly address: string; readonly port: number };
  /** Blocks of the --service-cluster-ip-range flag. */
  readonly serviceRanges: readonly string[];
  readonly nodePortRange: readonly [low: number, high: number];
  /** Makes tokens for service accounts; undefined without a signing key. */
  readonly issueToken: TokenIssuer | undefined;
  readonly tokenLimits?: TokenLimits;
  /** What is told of the issuer of those tokens; undefined where it is none that others could ask. */
  readonly issuer?: () => IssuerDocuments;
  /** How long events are kept. */
  readonly eventTtl: Micros;
  /** Latency of one request, microseconds. */
  readonly requestCost: Micros;
}

/** Signs a ServiceAccount token. */
export type TokenIssuer = (claims: Readonly<Record<string, unknown>>) => string;

/** How long tokens of service accounts may live. */
export interface TokenLimits {
  /** Whoever asks for more gets this (--service-account-max-token-expiration); undefined: no limit. */
  readonly secondsMax: number | undefined;
  /** Whether tokens that kubelets ask for live a year (--service-account-extend-token-expiration). */
  readonly extends: boolean;
}
