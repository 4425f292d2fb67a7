/** vpa-admission-controller: gives pods that are made what is recommended for them (pkg/admission-controller). */
import { isJsonObject, type JsonValue } from '../../api/object.js';
import { invalidObject, type Status } from '../../api/status.js';
import type { LimitRange } from '../../api/types/limits.js';
import type { Pod } from '../../api/types/pod.js';
import { JsonError, readJson } from '../../api/yaml/json-reader.js';
import type { Informer } from '../../client/informer.js';
import { InformerFactory } from '../../client/informer-factory.js';
import { klogLine } from '../../client/klog.js';
import { decodeText } from '../../kernel/bytes.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Program, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { type GoAnswer, GoPanic, type GoRequest, goListen } from '../go/server.js';
import { keyOf } from './cluster-model.js';
import { autoscalerFlags, type Started, startComponent } from './component.js';
import { controllingAutoscaler } from './controlling.js';
import { type AdmissionMetrics, admissionMetrics } from './metrics.js';
import { admissionPatch, type PatchStep } from './patches.js';
import { Registration, unreadable } from './registration.js';
import { LIMIT_RANGES } from './resource-types.js';
import { readAutoscaler, readObject } from './reviewed-object.js';
import { Targets } from './targets.js';
import { AUTOSCALERS, type Autoscaler, updateModeOf } from './types.js';

const HEALTH_PORT = 8944;
const FLAGS = autoscalerFlags({
  bool: 'reload-cert webhook-failure-policy-fail register-webhook register-by-url',
  duration: 'status-lease-update-interval',
  int: 'port webhook-timeout-seconds',
  text: `client-ca-file tls-cert-file tls-private-key tls-ciphers min-tls-version webhook-service webhook-address
    webhook-port webhook-labels status-lease-name status-lease-namespace max-allowed-cpu-boost`,
});
const CERTS = '/etc/tls-certs';

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

type AdmissionStatus = 'applied' | 'error' | 'skipped';

/** An answer, and how metrics count it. */
interface Admitted {
  readonly response: ReviewResponse;
  readonly status: AdmissionStatus;
  readonly resource: string;
}

const NIL_POINTER = 'runtime error: invalid memory address or nil pointer dereference';

export const vpaAdmissionController: Program = function* vpaAdmissionController(sys) {
  const metrics = admissionMetrics(sys);
  const started = yield* startComponent(sys, {
    name: 'admission-controller',
    flags: FLAGS,
    greeting: 'Starting Vertical Pod Autoscaler Admission Controller',
    healthPort: HEALTH_PORT,
    metrics: metrics.registry,
    // It only has work when others ask; nobody waits for a sign of life.
    patience: () => Number.POSITIVE_INFINITY,
  });
  if (typeof started === 'number') return started;
  return yield* new AdmissionController(sys, started, metrics).run();
};

class AdmissionController {
  private readonly informers: InformerFactory;
  private readonly targets: Targets;
  private readonly autoscalers: Informer<Autoscaler>;
  private readonly ranges: Informer<LimitRange>;

  constructor(
    private readonly sys: Sys,
    private readonly started: Started,
    private readonly metrics: AdmissionMetrics,
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
    const authority = file('client-ca-file', 'caCert.pem');
    sys.thread(() => new Registration(sys, started).run(authority));
    yield* untilSignal(sys, ['INT', 'TERM']);
    return 0;
  }

  private *answer({ headers, body = new Uint8Array() }: GoRequest): Waiting<GoAnswer> {
    const { sys, metrics } = this;
    const timer = metrics.timer();
    const start = sys.monotonic();
    const observe = (status: AdmissionStatus, resource: string) =>
      metrics.latency.observe([status, resource], (sys.monotonic() - start) / 1_000_000);
    const contentType = headers['content-type'] ?? '';
    if (contentType !== 'application/json') {
      const problem = `contentType=${contentType}, expect application/json`;
      yield* sys.write(2, klogLine(sys, 'E', 'server.go:164', problem));
      observe('error', 'unknown');
      timer.total();
      return {};
    }
    timer.step('read_request');
    const { response, status, resource } = yield* this.admit(decodeText(body));
    timer.step('admit');
    this.started.alive();
    timer.step('build_response');
    timer.step('write_response');
    observe(status, resource);
    timer.total();
    return reviewed(response);
  }

  /** Whatever cannot be read is let in: a broken webhook must not stop the cluster (AdmissionServer.admit). */
  private *admit(text: string): Waiting<Admitted> {
    const { sys, metrics } = this;
    let review: JsonValue;
    try {
      review = readJson(text);
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      yield* sys.write(2, klogLine(sys, 'E', 'server.go:80', error.message));
      return { response: { uid: '', allowed: true }, status: 'error', resource: 'unknown' };
    }
    // Go falls over a review without a request.
    if (!isJsonObject(review) || !isJsonObject(review['request'])) throw new GoPanic(NIL_POINTER);
    const request = review['request'] as ReviewRequest;
    const response: ReviewResponse = { uid: request.uid ?? '', allowed: true };
    const { group = '', resource = '' } = request.resource ?? {};
    const isPod = group === '' && resource === 'pods';
    if (!isPod && (group !== AUTOSCALERS.group || resource !== AUTOSCALERS.resource)) {
      const problem = `not supported resource type: {${group} ${resource}}`;
      yield* sys.write(2, klogLine(sys, 'E', 'server.go:124', problem));
      return { response, status: 'error', resource: 'unknown' };
    }
    const steps = isPod ? yield* this.podPatch(request) : this.review(request, response);
    if (isPod) metrics.pods.add([String(steps.length > 0)]);
    const outcome = { response, resource: isPod ? 'Pod' : 'VPA' };
    if (steps.length === 0 || !response.allowed) return { ...outcome, status: 'skipped' };
    this.started.log.info('Sending patches', { patches: JSON.stringify(steps) }, 'server.go:153');
    response.patch = Buffer.from(JSON.stringify(steps)).toString('base64');
    response.patchType = 'JSONPatch';
    return { ...outcome, status: 'applied' };
  }

  private *podPatch(request: ReviewRequest): Waiting<readonly PatchStep[]> {
    const { log } = this.started;
    // What is no pod gets nothing: the API server has looked at it itself.
    const read = readObject(request.object, 'v1.Pod', { containers: [] });
    if ('problem' in read) return [];
    const pod = read.object as Pod;
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
    const { autoscaler, errors, warnings } = readAutoscaler(request.object, request.operation === 'CREATE');
    if (warnings.length > 0) response.warnings = warnings;
    if (!autoscaler || errors.length > 0) {
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
