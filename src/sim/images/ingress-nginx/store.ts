import type { KubeObject } from '../../api/object.js';
import type { ConfigMap, Secret } from '../../api/types/config.js';
import type { EndpointSlice } from '../../api/types/endpoints.js';
import type { Ingress, IngressClass } from '../../api/types/networking.js';
import type { Service } from '../../api/types/service.js';
import type { ResourceType } from '../../client/client.js';
import type { ComponentLog } from '../../client/component/log.js';
import type { EventBroadcaster } from '../../client/event-recorder.js';
import type { Informer } from '../../client/informer.js';
import type { InformerFactory } from '../../client/informer-factory.js';
import { RESOURCES } from '../../client/resource-types.js';
import { readCertificates } from '../../client/tls/certificates.js';
import { keyPairProblem } from '../../client/tls/key-pair.js';
import { AnnotationError, type Annotations, type BasicAuth, readAnnotations } from './annotations.js';
import { type ClassOptions, classOf } from './classes.js';
import type { ParsedIngress, SslCertificate } from './model.js';
import { type ControllerSettings, readSettings } from './settings.js';

/** Ingresses as the controller watches them and writes their status. */
export const INGRESSES: ResourceType = {
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'ingresses',
  kind: 'Ingress',
  namespaced: true,
};
const INGRESS_CLASSES: ResourceType = {
  ...INGRESSES,
  resource: 'ingressclasses',
  kind: 'IngressClass',
  namespaced: false,
};
const SERVICE_LABEL = 'kubernetes.io/service-name';

/** What the store is made with. */
export interface StoreParts {
  readonly informers: InformerFactory;
  readonly events: EventBroadcaster;
  readonly log: ComponentLog;
  readonly classes: ClassOptions;
  /** `namespace/name` of the controller's ConfigMap. */
  readonly configMap: string;
  /** The namespace to which the controller keeps; empty: all. */
  readonly namespace: string;
  /** Something changed that routing depends on. */
  changed(): void;
}

/** What the controller knows of the cluster; ingresses of other controllers are none of it (internal/ingress/controller/store). */
export class IngressStore {
  private readonly parts: StoreParts;
  private readonly ingresses: Informer<Ingress>;
  private readonly classes: Informer<IngressClass>;
  private readonly services: Informer<Service>;
  private readonly slices: Informer<EndpointSlice>;
  private readonly secrets: Informer<Secret>;
  private readonly configMaps: Informer<ConfigMap>;
  private readonly own = new Map<string, ParsedIngress>();

  constructor(parts: StoreParts) {
    this.parts = parts;
    const scope = parts.namespace === '' ? {} : { namespace: parts.namespace };
    const { informers } = parts;
    this.ingresses = informers.informer<Ingress>(INGRESSES, scope);
    this.classes = informers.informer<IngressClass>(INGRESS_CLASSES);
    this.services = informers.informer<Service>(RESOURCES.services, scope);
    this.slices = informers.informer<EndpointSlice>(RESOURCES.endpointSlices, scope);
    this.secrets = informers.informer<Secret>(RESOURCES.secrets, scope);
    this.configMaps = informers.informer<ConfigMap>(RESOURCES.configMaps, scope);
    this.slices.addIndex('service', ({ metadata }) => {
      const service = metadata.labels?.[SERVICE_LABEL];
      return service === undefined ? [] : [`${metadata.namespace}/${service}`];
    });
  }

  /** Begins to listen; call it once all classes are known. */
  listen(): void {
    const { changed } = this.parts;
    const told = <T extends KubeObject>(informer: Informer<T>, counts: (object: T) => boolean = () => true) =>
      informer.addHandlers({
        added: (object) => counts(object) && changed(),
        updated: (_, object) => counts(object) && changed(),
        deleted: (object) => counts(object) && changed(),
      });
    for (const ingress of this.ingresses.list()) this.added(ingress);
    this.ingresses.addHandlers({
      added: (ingress) => this.added(ingress),
      updated: (before, after) => this.updated(before, after),
      deleted: (ingress) => this.deleted(ingress),
    });
    told(this.services);
    told(this.slices);
    this.secrets.addHandlers({
      added: (secret) => this.secretChanged(secret),
      updated: (_, secret) => this.secretChanged(secret),
      deleted: (secret) => this.secretChanged(secret),
    });
    const isOwn = ({ metadata }: KubeObject) => `${metadata.namespace}/${metadata.name}` === this.parts.configMap;
    const reread = (object: KubeObject) => {
      if (!isOwn(object)) return;
      for (const { ingress } of [...this.own.values()]) this.keep(ingress);
      changed();
    };
    this.configMaps.addHandlers({ added: reread, updated: (_, object) => reread(object), deleted: reread });
    const reclass = () => {
      for (const ingress of this.ingresses.list()) if (!this.own.has(keyOf(ingress))) this.added(ingress, true);
      for (const { ingress } of [...this.own.values()]) if ('problem' in this.classFor(ingress)) this.deleted(ingress);
    };
    this.classes.addHandlers({ added: reclass, updated: reclass, deleted: reclass });
  }

  private classFor(ingress: Ingress): { readonly name: string } | { readonly problem: string } {
    return classOf(ingress, (name) => this.classes.get(undefined, name), this.parts.classes);
  }

  private added(ingress: Ingress, quiet = false): void {
    const { log } = this.parts;
    const found = this.classFor(ingress);
    if ('problem' in found) {
      if (quiet) return;
      const fields = { ingress: shown(ingress), error: found.problem };
      log.info('Ignoring ingress because of error while validating ingress class', fields, 'store.go:436');
      return;
    }
    log.info('Found valid IngressClass', { ingress: shown(ingress), ingressclass: found.name }, 'store.go:440');
    this.scheduled(ingress);
  }

  private updated(before: Ingress, after: Ingress): void {
    const { log } = this.parts;
    const [old, now] = [this.classFor(before), this.classFor(after)];
    if ('problem' in now) {
      if ('problem' in old) return;
      log.info('removing ingress because of unknown ingressclass', { ingress: shown(after) }, 'store.go:487');
      this.deleted(before);
      return;
    }
    if ('problem' in old)
      log.info('creating ingress', { ingress: shown(after), ingressclass: now.name }, 'store.go:483');
    this.scheduled(after);
  }

  private scheduled(ingress: Ingress): void {
    this.recorder().event(ingress, 'Normal', 'Sync', 'Scheduled for sync');
    this.keep(ingress);
    this.parts.changed();
  }

  private recorder() {
    return this.parts.events.recorder({ component: 'nginx-ingress-controller' });
  }

  private deleted(ingress: Ingress): void {
    if (this.own.delete(keyOf(ingress))) this.parts.changed();
  }

  /** Reads the annotations anew; what they forbid stays as it was before. */
  private keep(ingress: Ingress): void {
    let annotations: Annotations;
    try {
      annotations = this.read(ingress);
    } catch (error) {
      if (!(error instanceof AnnotationError)) throw error;
      if (/contains invalid value/.test(error.message))
        this.parts.log.error(error, 'ingress contains invalid annotation value', {}, 'annotations.go:166');
      this.parts.log.error(undefined, error.message, {}, 'store.go:944');
      return;
    }
    if (annotations.denied !== undefined)
      this.recorder().event(
        ingress,
        'Warning',
        'AnnotationParsingFailed',
        `Error parsing annotations: ${annotations.denied}`,
      );
    this.own.set(keyOf(ingress), { ingress, annotations });
  }

  /** What an ingress' annotations come to. Throws `AnnotationError`. */
  read(ingress: Ingress): Annotations {
    return readAnnotations(ingress, this.settings(), (auth) => this.authProblem(auth));
  }

  private authProblem({ secret, secretType }: BasicAuth): string | undefined {
    const found = this.secretAt(secret);
    if (!found)
      return `unexpected error reading secret ${secret}: no object matching key ${JSON.stringify(secret)} in local store`;
    if (secretType === 'auth-file' && found.data?.['auth'] === undefined)
      return `the secret ${found.metadata.name} does not contain a key with value auth`;
    return undefined;
  }

  private secretChanged(secret: Secret): void {
    const key = keyOf(secret);
    for (const { ingress, annotations } of [...this.own.values()]) {
      const named = annotations.auth?.secret === key || annotations.denied !== undefined;
      const tls = (ingress.spec.tls ?? []).some(
        ({ secretName }) => `${ingress.metadata.namespace}/${secretName}` === key,
      );
      if (named) this.keep(ingress);
      if (named || tls) this.parts.changed();
    }
  }

  private secretAt(key: string): Secret | undefined {
    const [namespace = '', name = ''] = key.split('/');
    return this.secrets.get(namespace, name);
  }

  /** The lines of a Secret for basic authentication: a file, or users each with a key. */
  passwords({ secret, secretType }: BasicAuth): string {
    const data = this.secretAt(secret)?.data ?? {};
    const text = (value: string) => Buffer.from(value, 'base64').toString('utf8');
    if (secretType === 'auth-file') return text(data['auth'] ?? '');
    return Object.entries(data)
      .map(([user, value]) => `${user}:${text(value)}\n`)
      .join('');
  }

  /** The controller's ConfigMap, read; what is not in it is by default. */
  settings(): ControllerSettings {
    const [namespace = '', name = ''] = this.parts.configMap.split('/');
    return readSettings(this.configMaps.get(namespace, name)?.data);
  }

  /** Those that are this controller's, the oldest first; of the same age by name. */
  list(): readonly ParsedIngress[] {
    const born = ({ ingress }: ParsedIngress) => `${ingress.metadata.creationTimestamp ?? ''} ${keyOf(ingress)}`;
    return [...this.own.values()].sort((one, other) => (born(one) < born(other) ? -1 : 1));
  }

  /** A Service, where there is one. */
  service(namespace: string, name: string): Service | undefined {
    return this.services.get(namespace, name);
  }

  /** The EndpointSlices that name a Service. */
  slicesOf(namespace: string, service: string): readonly EndpointSlice[] {
    return this.slices.byIndex('service', `${namespace}/${service}`);
  }

  /** Whether the class of an ingress is this controller's. */
  isOwn(ingress: Ingress): boolean {
    return 'name' in this.classFor(ingress);
  }

  /** A Secret's certificate, or why there is none in the words of the store. */
  certificate(namespace: string, name: string): SslCertificate | string {
    const key = `${namespace}/${name}`;
    const secret = this.secretAt(key);
    if (!secret) return `local SSL certificate ${key} was not found`;
    const text = (field: string) => Buffer.from(secret.data?.[field] ?? '', 'base64').toString('utf8');
    const [certificate, own] = [text('tls.crt'), text('tls.key')];
    const fits =
      readCertificates(certificate).length > 0 && own !== '' && keyPairProblem(certificate, own) === undefined;
    if (!fits) return `local SSL certificate ${key} was not found`;
    return { uid: secret.metadata.uid ?? key, certificate, key: own };
  }
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** As klog.KObj shows an object. */
function shown(object: KubeObject): string {
  return keyOf(object);
}
