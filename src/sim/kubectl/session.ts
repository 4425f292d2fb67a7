import { parseDuration } from '../api/duration.js';
import { goQuote } from '../api/go-text.js';
import { KUBERNETES_VERSION } from '../api/version.js';
import { inClusterConfig } from '../client/in-cluster.js';
import { loadKubeconfig } from '../client/kubeconfig/load.js';
import { type ResolvedContext, resolveContext, transportConfigOf } from '../client/kubeconfig/resolve.js';
import { type Kubeconfig, KubeconfigError, type KubeconfigOverrides } from '../client/kubeconfig/types.js';
import { connectTransport, type TransportConfig } from '../client/transport.js';
import { isErrno } from '../kernel/errno.js';
import type { Sys } from '../kernel/sys.js';
import type { Micros } from '../kernel/time.js';
import { SECOND } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import type { Flags } from './cobra/flags.js';
import { CommandError } from './errors.js';
import { Discovery } from './resource/discovery.js';
import { Rest } from './rest.js';

/** Commands whose `--user` is a subject, not who asks. */
const OWN_USER = /^(create |set subject$)/;

/** One run of kubectl: its streams, its configuration, its way to the server. All but the streams is made when needed. */
export class Session {
  private loaded: Kubeconfig | undefined;
  private resolved: ResolvedContext | undefined;
  private connected: Rest | undefined;
  private found: Discovery | undefined;
  /** Standard input can be read once. */
  private inputTaken = false;

  constructor(
    readonly sys: Sys,
    readonly flags: Flags,
    /** The command's path without `kubectl`, for hints. */
    readonly path: string,
    /** Who asks, as requests say it. */
    private readonly agent = `kubectl/${KUBERNETES_VERSION} (linux/amd64) kubernetes/4f1b2d1`,
  ) {}

  now(): Micros {
    return this.sys.now();
  }

  *out(text: string): Waiting<void> {
    if (text !== '') yield* this.sys.write(1, text);
  }

  *err(text: string): Waiting<void> {
    if (text !== '') yield* this.sys.write(2, text);
  }

  warn(text: string): Waiting<void> {
    return this.err(`Warning: ${text}\n`);
  }

  /** All of standard input. Throws when it was taken already. */
  *input(): Waiting<string> {
    if (this.inputTaken) throw new CommandError('standard input cannot be used for multiple arguments');
    this.inputTaken = true;
    const chunks: Uint8Array[] = [];
    for (;;) {
      const chunk = yield* this.sys.read(0, 65_536);
      if (chunk.length === 0) return Buffer.concat(chunks).toString('utf8');
      chunks.push(chunk);
    }
  }

  /** The kubeconfig files, merged. Throws KubeconfigError. */
  kubeconfig(): Kubeconfig {
    this.loaded ??= loadKubeconfig(this.sys, this.flags.text('kubeconfig') || undefined);
    return this.loaded;
  }

  /** The same, empty when an explicit file is not there: `config` goes on without it. */
  kubeconfigOrEmpty(): Kubeconfig {
    const path = this.flags.text('kubeconfig');
    if (path === '') return this.kubeconfig();
    try {
      this.sys.stat(path);
    } catch (error) {
      if (isErrno(error))
        return { currentContext: '', clusters: new Map(), users: new Map(), contexts: new Map(), origins: new Map() };
      throw error;
    }
    return this.kubeconfig();
  }

  /** The context in use, flags applied. Throws KubeconfigError. */
  context(): ResolvedContext {
    if (!this.resolved) {
      const config = this.kubeconfig();
      const { context, cluster } = this.overrides();
      if (context && !config.contexts.has(context)) {
        throw new KubeconfigError(`invalid configuration: context was not found for specified context: ${context}`);
      }
      if (cluster && !config.clusters.has(cluster))
        throw new KubeconfigError(`no server found for cluster ${goQuote(cluster)}`);
      this.resolved = this.resolve(config);
      this.checkImpersonation(config);
    }
    return this.resolved;
  }

  /** A context that names no cluster counts as none: the client then tries this machine. */
  private resolve(config: Kubeconfig): ResolvedContext {
    const overrides = this.overrides();
    const named = config.contexts.get(overrides.context ?? config.currentContext);
    if (!named || named.cluster || overrides.cluster || overrides.server) return resolveContext(config, overrides);
    const { context: _none, ...rest } = overrides;
    const namespace = rest.namespace ?? named.namespace;
    return resolveContext(
      { ...config, currentContext: '' },
      { ...rest, context: undefined, namespace: namespace || undefined },
    );
  }

  /** Groups or an id can only be taken on together with a name. */
  private checkImpersonation(config: Kubeconfig): void {
    const { flags } = this;
    if (flags.text('as') !== '' || !['as-group', 'as-uid', 'as-user-extra'].some((name) => flags.has(name))) return;
    const context = config.contexts.get(flags.text('context') || config.currentContext);
    const user = this.overrides().user ?? context?.user ?? '';
    throw new CommandError(`requesting uid, groups or user-extra for ${user} without impersonating a user`);
  }

  /** The namespace to work in, and whether `-n` chose it. */
  namespace(): { name: string; enforced: boolean } {
    const flag = this.flags.text('namespace');
    if (flag !== '') return { name: flag, enforced: true };
    const context = this.context();
    if (!context.namespaceGiven && this.isInCluster())
      return { name: this.podNamespace() ?? 'default', enforced: false };
    return { name: context.namespace, enforced: false };
  }

  rest(): Rest {
    if (!this.connected) {
      const config = this.transportConfig();
      const url = config.server.includes('://') ? config.server : `http://${config.server}`;
      this.connected = new Rest(
        url.replace(/\/+$/, ''),
        connectTransport(this.sys, config),
        (text) => this.warn(text),
        this.agent,
      );
    }
    return this.connected;
  }

  /** What the server serves, asked once. */
  discovery(): Discovery {
    this.found ??= new Discovery(this);
    return this.found;
  }

  /** How long a request may take, its answer included; undefined for as long as it wants. Throws for other words. */
  requestTimeout(): Micros | undefined {
    return requestTimeout(this.flags.text('request-timeout'));
  }

  private transportConfig(): TransportConfig {
    const timeout = this.requestTimeout();
    const config =
      this.isInCluster() && !this.flags.has('server')
        ? inClusterConfig(this.sys)
        : transportConfigOf(this.sys, this.context());
    return timeout === undefined ? config : { ...config, dialTimeout: timeout };
  }

  /** Without any configuration kubectl in a pod uses the pod's account. */
  private isInCluster(): boolean {
    const config = this.kubeconfig();
    if (config.contexts.size + config.clusters.size + config.users.size > 0 || config.currentContext !== '')
      return false;
    return this.sys.environment.has('KUBERNETES_SERVICE_HOST') && this.podNamespace() !== undefined;
  }

  private podNamespace(): string | undefined {
    try {
      return Buffer.from(this.sys.readFile('/var/run/secrets/kubernetes.io/serviceaccount/namespace'))
        .toString('utf8')
        .trim();
    } catch (error) {
      if (isErrno(error)) return undefined;
      throw error;
    }
  }

  private overrides(): KubeconfigOverrides {
    const text = (name: string): string | undefined =>
      this.path.startsWith('config ') && name !== 'context' ? undefined : this.flags.text(name) || undefined;
    return {
      context: text('context'),
      cluster: text('cluster'),
      user: OWN_USER.test(this.path) ? undefined : text('user'),
      namespace: text('namespace'),
      server: text('server'),
      token: text('token'),
      certificateAuthority: text('certificate-authority'),
      clientCertificate: text('client-certificate'),
      clientKey: text('client-key'),
      insecure: this.flags.bool('insecure-skip-tls-verify') || undefined,
      tlsServerName: text('tls-server-name'),
      as: text('as'),
      asGroups: this.flags.has('as-group') ? this.flags.list('as-group') : undefined,
      asUid: text('as-uid'),
      asExtra: this.flags.has('as-user-extra') ? extraOf(this.flags.list('as-user-extra')) : undefined,
    };
  }
}

/** `--as-user-extra KEY=VALUE`, values of one key together; what has no `=` says nothing. */
function extraOf(values: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const extra: Record<string, string[]> = {};
  for (const value of values) {
    const equals = value.indexOf('=');
    if (equals < 0) continue;
    const key = value.slice(0, equals);
    extra[key] = [...(extra[key] ?? []), value.slice(equals + 1)];
  }
  return extra;
}

/** `--request-timeout`: a bare number counts seconds; 0 and less is none. */
function requestTimeout(text: string): Micros | undefined {
  if (text === '') return undefined;
  const timeout = /^[+-]?\d+$/.test(text) ? Number(text) * SECOND : durationOf(text);
  return timeout > 0 ? timeout : undefined;
}

function durationOf(text: string): Micros {
  try {
    return parseDuration(text);
  } catch {
    throw new CommandError(
      `Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)`,
    );
  }
}
