import { createHash } from 'node:crypto';
import { StatusError } from '../../api/status.js';
import type { ApiClient, ResourceType } from '../../client/client.js';
import { type ComponentLog, componentLog } from '../../client/component/log.js';
import { createClient } from '../../client/create-client.js';
import { EventBroadcaster } from '../../client/event-recorder.js';
import { errorText } from '../../client/go-errors.js';
import { inClusterConfig, NotInClusterError } from '../../client/in-cluster.js';
import { InformerFactory } from '../../client/informer-factory.js';
import { klogLine } from '../../client/klog.js';
import { connectTransport } from '../../client/transport.js';
import { decodeText, encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Message } from '../../kernel/network.js';
import type { Program, Sys } from '../../kernel/sys.js';
import { MILLISECOND, SECOND } from '../../kernel/time.js';
import { type Waiting, WaitQueue } from '../../kernel/wait.js';
import { checkCluster } from './check-cluster.js';
import { fakeCertificate } from './fake-certificate.js';
import { authFile } from './location-conf.js';
import { LUA_SETTINGS_FILE } from './lua.js';
import type { Routing, SslCertificate } from './model.js';
import { FAKE_CERTIFICATE, nginxConf } from './nginx-conf.js';
import { CONF, NginxProcess } from './nginx-process.js';
import { type ControllerOptions, readOptions } from './options.js';
import { Publisher } from './publisher.js';
import { type RoutingView, routingOf } from './servers.js';
import { IngressStore } from './store.js';
import { backendsOf, certificatesOf } from './told.js';
import { serveWebhook } from './webhook.js';

/** At most one turn in so long (`--sync-rate-limit`, 0.3 a second). */
const SYNC_SPAN = 3_333 * MILLISECOND;

/** The release that an image of this tag is. */
function releaseOf(sys: Sys): string {
  return sys.environment.get('INGRESS_NGINX_RELEASE') ?? 'v1.15.1';
}

/**
 * /nginx-ingress-controller: keeps nginx.conf as the ingresses of its class say, tells nginx' workers of backends and
 * certificates while they run, and writes into the ingresses where they are reached.
 */
export const ingressController: Program = function* ingressController(sys) {
  yield* sys.write(1, banner(releaseOf(sys)));
  const options = readOptions(sys);
  if (typeof options === 'string') {
    yield* sys.write(2, `Error: ${options}\n`);
    return 1;
  }
  if (options.version) return 0;
  return yield* new Controller(sys, options).run();
};

function banner(release: string): string {
  const line = '-------------------------------------------------------------------------------';
  return `${line}\nNGINX Ingress controller\n  Release:       ${release}\n  Build:         dbb11b92d7b5d3e5d0a5b0a1a6d9a2f6e1c0b7a4\n  Repository:    https://github.com/kubernetes/ingress-nginx\n  nginx version: nginx/1.27.1\n\n${line}\n\n`;
}

class Controller {
  private readonly log: ComponentLog;
  private readonly dirty = new WaitQueue();
  private wanted = true;
  private running: { conf: string; backends: string; certificates: string } | undefined;
  private readonly pems = new Map<string, string>();
  private readonly nginx: NginxProcess;

  constructor(
    private readonly sys: Sys,
    private readonly options: ControllerOptions,
  ) {
    this.log = componentLog(sys, 'nginx.go:273');
    this.nginx = new NginxProcess(sys, this.log);
  }

  *run(): Waiting<number> {
    const { sys, log, options } = this;
    let client: ApiClient;
    try {
      client = createClient(connectTransport(sys, inClusterConfig(sys)), {
        userAgent: `nginx-ingress-controller/${releaseOf(sys)} (linux/amd64) ingress-nginx/dbb11b92d`,
      });
    } catch (error) {
      if (!(error instanceof NotInClusterError) && !isErrno(error)) throw error;
      return yield* this.fatal(
        `Error while initiating a connection to the Kubernetes API server. This could mean the cluster is misconfigured (e.g. it has invalid API server certificates or Service Accounts configuration). Reason: ${error.message}`,
      );
    }
    log.info(
      'Creating API client',
      { host: `https://${sys.environment.get('KUBERNETES_SERVICE_HOST')}:443` },
      'main.go:205',
    );
    const problem = yield* checkCluster(sys, log, client, options.addresses.publishService);
    if (problem !== undefined) return yield* this.fatal(problem);
    const fake = fakeCertificate(sys);
    log.info('SSL fake certificate created', { file: FAKE_CERTIFICATE }, 'main.go:101');
    const events = new EventBroadcaster(sys, client);
    const informers = new InformerFactory(sys, client, (type, _, error) =>
      log.error(watchProblem(type, error), 'Failed to watch', { type: `*v1.${type.kind}` }, 'reflector.go:204'),
    );
    const store = new IngressStore({
      informers,
      events,
      log,
      classes: options.classes,
      configMap: options.configMap,
      namespace: options.watchNamespace,
      changed: () => this.enqueue(),
    });
    log.info('Starting NGINX Ingress controller', {}, 'nginx.go:273');
    informers.start();
    yield* informers.waitForCaches();
    store.listen();
    this.serveHealth();
    if (options.webhookPort > 0)
      serveWebhook(sys, log, options, store, (ingresses) => this.routing(ingresses, store, fake));
    const publisher = new Publisher(sys, log, options, client, store);
    sys.thread(() => publisher.run());
    sys.thread(() => this.work(store, events, fake));
    yield* untilSignal(sys, ['INT', 'TERM', 'QUIT']);
    return yield* this.end(publisher);
  }

  private *fatal(text: string): Waiting<number> {
    yield* this.sys.write(2, klogLine(this.sys, 'F', 'main.go:262', text));
    return 255;
  }

  private enqueue(): void {
    this.wanted = true;
    this.dirty.wakeAll();
  }

  /** Does what the queue asks, never more often than its limit allows. */
  private *work(store: IngressStore, events: EventBroadcaster, fake: SslCertificate): Waiting<void> {
    this.log.info('Starting NGINX process', {}, 'nginx.go:319');
    for (;;) {
      while (!this.wanted) yield this.dirty;
      this.wanted = false;
      yield* this.sync(store, events, fake);
      yield* this.sys.sleep(SYNC_SPAN);
    }
  }

  private routing(ingresses: ReturnType<IngressStore['list']>, store: IngressStore, fake: SslCertificate): Routing {
    const { sys, log, options } = this;
    const view: RoutingView = {
      now: () => sys.now(),
      service: (namespace, name) => store.service(namespace, name),
      slices: (namespace, service) => store.slicesOf(namespace, service),
      certificate: (namespace, secret) => store.certificate(namespace, secret),
      warn: (text, where) => log.warning(text, where),
    };
    const [namespace = '', secret = ''] = options.defaultCertificate.split('/');
    const own = options.defaultCertificate === '' ? fake : store.certificate(namespace, secret);
    const defaultCertificate = typeof own === 'string' ? fake : own;
    return routingOf(ingresses, view, { defaultService: options.defaultService, defaultCertificate, snippet: '' });
  }

  private *sync(store: IngressStore, events: EventBroadcaster, fake: SslCertificate): Waiting<void> {
    const { sys, log } = this;
    const ingresses = store.list();
    const routing = this.routing(ingresses, store, fake);
    const settings = store.settings();
    this.writePasswords(store);
    const workers = settings.workerProcesses === 'auto' ? processors(sys) : settings.workerProcesses;
    const bare = nginxConf(routing, { settings, workers, checksum: '' });
    const lua = JSON.stringify(settings);
    const next = {
      conf: `${bare}${lua}`,
      backends: JSON.stringify(backendsOf(routing)),
      certificates: JSON.stringify(certificatesOf(routing)),
    };
    const before = this.running;
    if (
      before &&
      before.conf === next.conf &&
      before.backends === next.backends &&
      before.certificates === next.certificates
    )
      return;
    if (before?.conf !== next.conf) {
      log.info('Configuration changes detected, backend reload required', {}, 'controller.go:217');
      const checksum = BigInt(`0x${createHash('sha256').update(next.conf).digest('hex').slice(0, 16)}`).toString();
      sys.writeFile(LUA_SETTINGS_FILE, lua, 0o644);
      sys.writeFile(CONF, nginxConf(routing, { settings, workers, checksum }), 0o644);
      const failure = yield* this.nginx.reload();
      const pod = this.ownPod();
      const recorder = events.recorder({ component: 'nginx-ingress-controller' });
      if (failure !== undefined) {
        log.error(undefined, `Unexpected failure reloading the backend:\n${failure}`, {}, 'controller.go:226');
        recorder.event(pod, 'Warning', 'RELOAD', `Error reloading NGINX: ${failure}`);
        this.enqueueLater();
        return;
      }
      log.info('Backend successfully reloaded', {}, 'controller.go:231');
      recorder.event(pod, 'Normal', 'RELOAD', 'NGINX reload triggered due to a change in configuration');
    }
    if (!before) {
      log.info('Initial sync, sleeping for 1 second', {}, 'controller.go:243');
      yield* sys.sleep(SECOND);
    }
    const told =
      (before?.backends === next.backends || (yield* this.nginx.post('/configuration/backends', next.backends))) &&
      (before?.certificates === next.certificates ||
        (yield* this.nginx.post('/configuration/servers', next.certificates)));
    if (told) this.running = next;
    else this.enqueueLater();
  }

  private enqueueLater(): void {
    const { sys } = this;
    const self = this;
    sys.thread(function* later() {
      yield* sys.sleep(SECOND);
      self.enqueue();
    });
  }

  private ownPod() {
    const { namespace, name } = this.options.addresses.pod;
    return { apiVersion: 'v1', kind: 'Pod', namespace, name };
  }

  /** Files for `auth_basic_user_file`; nginx reads them at every request. */
  private writePasswords(store: IngressStore): void {
    for (const { ingress, annotations } of store.list()) {
      if (!annotations.auth || annotations.denied !== undefined) continue;
      const { namespace = '', name = '', uid = '' } = ingress.metadata;
      const path = authFile(namespace, name, uid, annotations.auth.secret);
      const text = store.passwords(annotations.auth);
      if (this.pems.get(path) === text) continue;
      this.pems.set(path, text);
      this.sys.writeFile(path, text, 0o600);
    }
  }

  /** /healthz is well while nginx is, and once it knows its backends. */
  private serveHealth(): void {
    const self = this;
    this.sys.listen({
      port: this.options.healthzPort,
      application: 'http',
      handler: function* health(message: Message): Waiting<Message> {
        const path = message.kind === 'http' ? message.target.split('?')[0] : '';
        const known = path === '/healthz';
        const well = known && (yield* self.nginx.ask('GET', '/healthz'))?.status === 200;
        const ready = well && (yield* self.nginx.ask('GET', '/is-dynamic-lb-initialized'))?.status === 200;
        const text = !known ? '404 page not found\n' : ready ? 'ok' : 'healthz check failed\n';
        return {
          kind: 'http-response',
          status: !known ? 404 : ready ? 200 : 500,
          headers: { 'content-type': 'text/plain; charset=utf-8' },
          body: encodeText(text),
        };
      },
    });
  }

  private *end(publisher: Publisher): Waiting<number> {
    const { sys, log } = this;
    log.info('Received SIGTERM, shutting down', {}, 'sigterm.go:36');
    log.info('Shutting down controller queues', {}, 'nginx.go:395');
    yield* publisher.clear();
    log.info('Stopping admission controller', {}, 'nginx.go:403');
    log.info('Stopping NGINX process', {}, 'nginx.go:411');
    yield* this.nginx.quit();
    log.info('NGINX process has stopped', {}, 'nginx.go:424');
    log.info('Handled quit, delaying controller exit for 10 seconds', {}, 'sigterm.go:47');
    yield* sys.sleep(10 * SECOND);
    log.info('Exiting', { code: 0 }, 'sigterm.go:50');
    return 0;
  }
}

function watchProblem({ kind }: ResourceType, error: unknown): string {
  const why = error instanceof StatusError ? error.message : errorText(error);
  return `failed to list *v1.${kind}: ${why}`;
}

/** How many processors the machine has (runtime.NumCPU). */
function processors(sys: Sys): string {
  return `${decodeText(sys.readFile('/proc/cpuinfo')).match(/^processor\s*:/gm)?.length ?? 1}`;
}
