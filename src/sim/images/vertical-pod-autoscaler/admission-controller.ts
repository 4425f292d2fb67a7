/** vpa-admission-controller: gives pods that are made what is recommended for them (pkg/admission-controller). */
import { isJsonObject, type JsonValue } from '../../api/object.js';
import { hasReason, invalidObject, isNotFound, type Status, StatusError } from '../../api/status.js';
import { formatMicroTime } from '../../api/time.js';
import type { Lease } from '../../api/types/config.js';
import type { LimitRange } from '../../api/types/limits.js';
import type { Pod } from '../../api/types/pod.js';
import { JsonError, readJson } from '../../api/yaml/json-reader.js';
import type { Informer } from '../../client/informer.js';
import { InformerFactory } from '../../client/informer-factory.js';
import { klogLine } from '../../client/klog.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Program, Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { type GoAnswer, type GoRequest, goListen } from '../go/server.js';
import { keyOf } from './cluster-model.js';
import { autoscalerFlags, type Started, startComponent } from './component.js';
import { controllingAutoscaler } from './controlling.js';
import { admissionPatch, type PatchStep } from './patches.js';
import { LEASES, LIMIT_RANGES, WEBHOOKS } from './resource-types.js';
import { Targets } from './targets.js';
import { AUTOSCALERS, type Autoscaler, updateModeOf } from './types.js';
import { validateAutoscaler } from './validate.js';
import { webhookConfiguration } from './webhook-configuration.js';

const HEALTH_PORT = 8944;
const FLAGS = autoscalerFlags({
  bool: 'reload-cert webhook-failure-policy-fail register-webhook register-by-url',
  duration: 'status-lease-update-interval',
  int: 'port webhook-timeout-seconds',
  text: `client-ca-file tls-cert-file tls-private-key tls-ciphers min-tls-version webhook-service webhook-address
    webhook-port webhook-labels status-lease-name status-lease-namespace max-allowed-cpu-boost`,
});
const CERTS = '/etc/tls-certs';
/** The server has to be known to the network before the API server is told of it. */
const REGISTRATION_DELAY = 10 * SECOND;

interface ReviewRequest {
  readonly uid?: string;
  readonly resource?: { readonly group?: string; readonly version?: string; readonly resource?: string };
  readonly requestKind?: { readonly kind?: string };
  readonly kind?: { readonly kind?: string };
  readonly name?: string;
  readonly namespace?: string;
  readonly operation?: string;
  readonly object?: unknown;
}

interface ReviewResponse {
  uid: string;
  allowed: boolean;
  status?: Status;
  warnings?: readonly string[];
  patch?: string;
  patchType?: 'JSONPatch';
}

export const vpaAdmissionController: Program = function* vpaAdmissionController(sys) {
  const started = yield* startComponent(sys, {
    name: 'admission-controller',
    flags: FLAGS,
    greeting: 'Starting Vertical Pod Autoscaler Admission Controller',
    healthPort: HEALTH_PORT,
    // It only has work when others ask; nobody waits for a sign of life.
    patience: () => Number.POSITIVE_INFINITY,
  });
  if (typeof started === 'number') return started;
  return yield* new AdmissionController(sys, started).run();
};

class AdmissionController {
  private readonly informers: InformerFactory;
  private readonly targets: Targets;
  private readonly autoscalers: Informer<Autoscaler>;
  private readonly ranges: Informer<LimitRange>;

  constructor(
    private readonly sys: Sys,
    private readonly started: Started,
  ) {
    this.informers = new InformerFactory(sys, started.client);
    this.targets = new Targets(this.informers, started.client);
    this.autoscalers = this.informers.informer<Autoscaler>(AUTOSCALERS);
    this.ranges = this.informers.informer<LimitRange>(LIMIT_RANGES);
  }

  *run(): Waiting<number> {
    const { sys, started } = this;
    const { flags, log } = started;
    this.informers.start();
    yield* this.informers.waitForCaches();
    log.info('Initial VPA synced successfully', {}, 'api.go:131');
    const file = (flag: string, usual: string) => flags.text(flag, `${CERTS}/${usual}`);
    const [certificate, key] = [file('tls-cert-file', 'serverCert.pem'), file('tls-private-key', 'serverKey.pem')];
    const read = (path: string) => decodeText(sys.readFile(path));
    for (const path of [certificate, key]) {
      const problem = unreadable(sys, path);
      if (problem === undefined) continue;
      yield* sys.write(2, klogLine(sys, 'F', 'config.go:84', problem));
      return 255;
    }
    const tls = { certificate: () => read(certificate), key: () => read(key) };
    const failure = goListen(sys, flags.number('port', 8000), (request) => this.answer(request), tls);
    if (failure !== undefined) {
      log.error(failure, 'Failed to start HTTPS server', {}, 'main.go:161');
      return 255;
    }
    sys.thread(() => this.register(() => read(file('client-ca-file', 'caCert.pem'))));
    yield* untilSignal(sys, ['INT', 'TERM']);
    return 0;
  }

  /** Tells the API server whom to ask, and says from then on that somebody answers. */
  private *register(authority: () => string): Waiting<void> {
    const { sys, started } = this;
    const { client, flags, log } = started;
    if (flags.boolean('register-webhook', true)) {
      const namespace = sys.environment.get('NAMESPACE') ?? '';
      const wanted = webhookConfiguration(flags, namespace, authority());
      yield* sys.sleep(REGISTRATION_DELAY);
      try {
        const name = wanted.metadata.name ?? '';
        yield* ignoring(isNotFound, () => client.delete(WEBHOOKS, name));
        yield* client.create(WEBHOOKS, wanted);
        log.info('Self registration as MutatingWebhook succeeded.', {}, 'config.go:190');
      } catch (error) {
        if (!(error instanceof StatusError) && !isErrno(error)) throw error;
        yield* sys.write(2, klogLine(sys, 'F', 'config.go:188', error.message));
        sys.kill(sys.pid, 'TERM');
      }
    }
    for (;;) {
      try {
        yield* this.renew();
      } catch (error) {
        if (!(error instanceof StatusError) && !isErrno(error)) throw error;
        log.error(error, 'Status update failed', {}, 'status_updater.go:63');
      }
      yield* sys.sleep(flags.duration('status-lease-update-interval', 10 * SECOND));
    }
  }

  private *renew(): Waiting<void> {
    const { client, flags } = this.started;
    const name = flags.text('status-lease-name', 'vpa-admission-controller');
    const usual = this.sys.environment.get('NAMESPACE') || 'kube-system';
    const namespace = flags.text('status-lease-namespace', usual);
    const holderIdentity = this.sys.hostname();
    const span = flags.duration('status-lease-update-interval', 10 * SECOND);
    const spec = { holderIdentity, leaseDurationSeconds: Math.trunc(span / SECOND) };
    let lease: Lease;
    try {
      lease = yield* client.get<Lease>(LEASES, name, namespace);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      const made: Lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name, namespace }, spec };
      yield* ignoring(
        (problem) => hasReason(problem, 'AlreadyExists'),
        () => client.create(LEASES, made),
      );
      return;
    }
    const renewed = { ...lease, spec: { ...lease.spec, holderIdentity, renewTime: formatMicroTime(this.sys.now()) } };
    yield* ignoring(
      (problem) => hasReason(problem, 'Conflict'),
      () => client.update(LEASES, renewed),
    );
  }

  private *answer({ headers, body = new Uint8Array() }: GoRequest): Waiting<GoAnswer> {
    const { sys } = this;
    const contentType = headers['content-type'] ?? '';
    if (contentType !== 'application/json') {
      const problem = `contentType=${contentType}, expect application/json`;
      yield* sys.write(2, klogLine(sys, 'E', 'server.go:164', problem));
      return {};
    }
    let review: JsonValue;
    try {
      review = readJson(decodeText(body));
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      // Whatever cannot be read is let in: a broken webhook must not stop the cluster (AdmissionServer.admit).
      yield* sys.write(2, klogLine(sys, 'E', 'server.go:80', error.message));
      return reviewed({ uid: '', allowed: true });
    }
    const request = (isJsonObject(review) && isJsonObject(review['request']) ? review['request'] : {}) as ReviewRequest;
    const response = yield* this.judge(request);
    this.started.alive();
    return reviewed(response);
  }

  private *judge(request: ReviewRequest): Waiting<ReviewResponse> {
    const response: ReviewResponse = { uid: request.uid ?? '', allowed: true };
    const { group = '', resource = '' } = request.resource ?? {};
    let steps: readonly PatchStep[] = [];
    if (group === '' && resource === 'pods') steps = yield* this.podPatch(request);
    if (group === AUTOSCALERS.group && resource === AUTOSCALERS.resource) steps = this.review(request, response);
    if (steps.length === 0 || !response.allowed) return response;
    this.started.log.info('Sending patches', { patches: JSON.stringify(steps) }, 'server.go:153');
    response.patch = Buffer.from(JSON.stringify(steps)).toString('base64');
    response.patchType = 'JSONPatch';
    return response;
  }

  private *podPatch(request: ReviewRequest): Waiting<readonly PatchStep[]> {
    const { log } = this.started;
    const pod = request.object as Pod;
    const namespace = request.namespace ?? '';
    const name = pod.metadata.name ?? `${pod.metadata.generateName ?? ''}%`;
    log.info('Admitting pod', { pod: `${namespace}/${name}` }, 'handler.go:75');
    const autoscalers = this.autoscalers.list(namespace).filter((each) => updateModeOf(each) !== 'Off');
    const found = yield* controllingAutoscaler(pod, namespace, autoscalers, this.targets);
    if (!found) {
      log.info('No matching VPA found for pod', { pod: `${namespace}/${name}` }, 'handler.go:78');
      return [];
    }
    return admissionPatch(found, pod, this.ranges.list(namespace));
  }

  private review(request: ReviewRequest, response: ReviewResponse): readonly PatchStep[] {
    const autoscaler = request.object as Autoscaler;
    const { errors, warnings } = validateAutoscaler(autoscaler, request.operation === 'CREATE');
    if (warnings.length > 0) response.warnings = warnings;
    if (errors.length > 0) {
      response.allowed = false;
      const kind = request.requestKind?.kind ?? request.kind?.kind ?? '';
      response.status = invalidObject(AUTOSCALERS.group, kind, request.name ?? '', errors);
      return [];
    }
    this.started.log.info('Processing vpa', { vpa: keyOf(autoscaler) }, 'handler.go:92');
    if (autoscaler.spec.updatePolicy) return [];
    return [{ op: 'add', path: '/spec/updatePolicy', value: { updateMode: 'Recreate' } }];
  }
}

function reviewed(response: ReviewResponse): GoAnswer {
  const answer = { kind: 'AdmissionReview', apiVersion: 'admission.k8s.io/v1', response };
  return { text: JSON.stringify(answer), headers: { 'content-type': 'application/json' } };
}

function unreadable(sys: Sys, path: string): string | undefined {
  try {
    sys.readFile(path);
    return undefined;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return `open ${path}: ${error.message.toLowerCase()}`;
  }
}

/** Does something of which one kind of failure is none. */
function* ignoring(isNone: (error: unknown) => boolean, act: () => Waiting<unknown>): Waiting<void> {
  try {
    yield* act();
  } catch (error) {
    if (!isNone(error)) throw error;
  }
}
