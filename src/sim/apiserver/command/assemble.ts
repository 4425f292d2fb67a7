import type { ServerTls } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import { issuerDocuments } from '../discovery/issuer-documents.js';
import { KindRegister } from '../kind-register.js';
import { Metrics } from '../metrics/metrics.js';
import type { ServerParts } from '../parts.js';
import type { AuthenticationTrust } from '../start/authentication-trust.js';
import { StorageState } from '../storage/storage-state.js';
import { tokenIssuer } from '../subresources/token-issuer.js';
import { WatchHub } from '../verbs/watch-hub.js';
import { readAnonymous } from './authentication-config.js';
import { readAccountKeys, readAuthenticators, refusalLog } from './authenticators.js';
import { readAuthorizers } from './authorization.js';
import { type Encryption, readEncryption } from './encryption.js';
import { EtcdConnection } from './etcd-connection.js';
import { readKeyPair, readSigningKey, readText, StartError } from './files.js';
import { refuseCaches, refuseHttp2, refuseTls } from './flag-problems.js';
import type { Flags } from './flags.js';
import { KubeletConnection } from './kubelet-connection.js';
import type { ServerOptions } from './options.js';
import { OutgoingConnection } from './outgoing-connection.js';
import { ProxyConnection } from './proxy-connection.js';
import { servedKinds } from './runtime-config.js';
import { refuseUnused } from './unused-flags.js';

/** What a command line comes to: the server's parts, its certificate, its way to etcd. */
export interface Assembled {
  readonly parts: ServerParts;
  readonly tls: ServerTls;
  readonly etcd: EtcdConnection;
  readonly encryption: Encryption | undefined;
  readonly trust: AuthenticationTrust;
}

/** Reads all files the flags name, in the order the server does, and puts the parts together. Throws `StartError`. */
export function assemble(sys: Sys, flags: Flags, options: ServerOptions, requestCost: Micros): Assembled {
  const signingKey = readSigningKey(sys, flags.text('service-account-signing-key-file'));
  const serving = readServing(sys, flags);
  refuseCaches(flags);
  refuseUnused(sys, flags);
  const kinds = new KindRegister(servedKinds(flags));
  const encryption = readEncryption(sys, flags, kinds);
  const anonymous = readAnonymous(sys, flags) ?? { enabled: options.anonymousAuth };
  const authenticators = readAuthenticators(sys, flags, options);
  const authorizers = readAuthorizers(sys, flags, options.authorizationModes);
  const kubelets = readKubelets(sys, flags, options);
  const proxyPair =
    flags.has('proxy-client-cert-file') && flags.has('proxy-client-key-file')
      ? readKeyPair(sys, flags.text('proxy-client-cert-file'), flags.text('proxy-client-key-file'))
      : undefined;
  refuseHttp2(flags);
  const etcd = new EtcdConnection(sys, options.etcdServers, readEtcdTls(sys, flags), encryption?.seen);
  const watches = new WatchHub();
  etcd.onReplaced = () => watches.closeAll();
  const parts: ServerParts = {
    now: () => sys.now(),
    random: sys.random(),
    etcd,
    kinds,
    storage: new StorageState(etcd, () => sys.now()),
    ...(encryption ? { encryption } : {}),
    authenticators,
    anonymousAuth: anonymous.enabled,
    ...(anonymous.paths ? { anonymousPaths: anonymous.paths } : {}),
    audiences: options.audiences,
    unauthenticated: refusalLog(sys),
    authorizers,
    // The server puts its chain together when it has reached etcd.
    admission: [],
    kubelets,
    outgoing: new OutgoingConnection(sys),
    proxy: new ProxyConnection(sys),
    watches,
    metrics: new Metrics(sys.now()),
    hasProxyCertificate: flags.text('proxy-client-cert-file') !== '',
    ...(proxyPair ? { proxyPair } : {}),
    advertise: { address: options.advertiseAddress, port: options.securePort },
    serviceRanges: options.serviceRanges,
    nodePortRange: options.nodePortRange,
    issueToken: tokenIssuer(signingKey, options.issuers[0] ?? '', options.audiences),
    tokenLimits: options.tokenLimits,
    ...readIssuer(sys, flags, options),
    eventTtl: options.eventTtl,
    requestCost,
  };
  const trust = readTrust(sys, flags);
  const asked = Object.values(trust.authorities).join('\n');
  return {
    parts,
    etcd,
    encryption,
    trust,
    tls: {
      certificate: () => serving.certificate,
      key: () => serving.key,
      askedAuthorities: () => asked,
      oldest: flags.text('tls-min-version') === 'VersionTLS13' ? 'TLSv1.3' : undefined,
    },
  };
}

/** The server's own certificate, and what else TLS is told of. Throws `StartError`. */
function readServing(sys: Sys, flags: Flags): { certificate: string; key: string } {
  const [certificate, key] = [flags.text('tls-cert-file'), flags.text('tls-private-key-file')];
  if ((certificate === '') !== (key === '')) throw new StartError('missing filename for serving cert');
  const pair = readKeyPair(sys, certificate, key);
  refuseTls(flags);
  return pair;
}

function readEtcdTls(sys: Sys, flags: Flags): { authorities?: string; certificate?: string; key?: string } {
  const ca = flags.text('etcd-cafile');
  const cert = flags.text('etcd-certfile');
  const pair = cert === '' ? undefined : readKeyPair(sys, cert, flags.text('etcd-keyfile'));
  return {
    ...(ca === '' ? {} : { authorities: readText(sys, ca) }),
    ...(pair ? { certificate: pair.certificate, key: pair.key } : {}),
  };
}

/** What other servers are told to trust as this one does. */
function readTrust(sys: Sys, flags: Flags): AuthenticationTrust {
  const bundle = (flag: string) => (flags.text(flag) === '' ? '' : readText(sys, flags.text(flag)));
  return {
    authorities: {
      'client-ca-file': bundle('client-ca-file'),
      'requestheader-client-ca-file': bundle('requestheader-client-ca-file'),
    },
    lists: {
      'requestheader-username-headers': flags.list('requestheader-username-headers'),
      'requestheader-uid-headers': flags.list('requestheader-uid-headers'),
      'requestheader-group-headers': flags.list('requestheader-group-headers'),
      'requestheader-extra-headers-prefix': flags.list('requestheader-extra-headers-prefix'),
      'requestheader-allowed-names': flags.list('requestheader-allowed-names'),
    },
  };
}

/** What is told of the issuer of tokens; whoever asks finds its keys here, or where --service-account-jwks-uri says. */
function readIssuer(sys: Sys, flags: Flags, options: ServerOptions): Pick<ServerParts, 'issuer'> {
  const here = `https://${options.advertiseAddress}:${options.securePort}/openid/v1/jwks`;
  const keys = readAccountKeys(sys, flags);
  const issuer = issuerDocuments(options.issuers[0] ?? '', flags.text('service-account-jwks-uri', here), keys);
  return issuer ? { issuer } : {};
}

function readKubelets(sys: Sys, flags: Flags, options: ServerOptions): KubeletConnection {
  const cert = flags.text('kubelet-client-certificate');
  const ca = flags.text('kubelet-certificate-authority');
  const authorities = ca === '' ? undefined : forCoreGroup(() => readText(sys, ca));
  const pair = cert === '' ? undefined : forCoreGroup(() => readKeyPair(sys, cert, flags.text('kubelet-client-key')));
  const tls = {
    insecure: ca === '',
    ...(authorities === undefined ? {} : { authorities }),
    ...(pair ? { certificate: pair.certificate, key: pair.key } : {}),
  };
  return new KubeletConnection(sys, tls, options.kubeletAddressTypes);
}

/** The way to kubelets is made where the core group is put together. */
function forCoreGroup<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof StartError) throw new StartError(`problem initializing API group "": ${error.message}`);
    throw error;
  }
}
