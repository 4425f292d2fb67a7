import type { KubeObject } from '../../../api/object.js';
import { fromStored, type ServedKind, toStored } from '../../served-kind.js';
import type { AdmissionRequest } from '../admission.js';

/** Names a kind. */
interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** Names a resource. */
export interface GroupVersionResource {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

/** One way in which a request can be seen: as it came, or as one for an equivalent resource. */
export interface View {
  readonly resource: GroupVersionResource;
  readonly kind: GroupVersionKind;
  /** Turns what is kept into what this view shows. */
  readonly served: ServedKind | undefined;
}

const NAMESPACED_OPERATIONS = ['CREATE', 'UPDATE'];

/** What webhooks and policies know of a request (admission.Attributes). */
export class Attributes {
  readonly request: AdmissionRequest;
  readonly own: View;
  readonly namespace: string;
  private others: readonly View[] | undefined;

  constructor(request: AdmissionRequest) {
    this.request = request;
    this.own = viewOf(request, request.kind);
    this.namespace = this.isNamespace ? this.name : request.namespace;
  }

  get subresource(): string {
    return this.request.subresource;
  }

  get operation(): AdmissionRequest['operation'] {
    return this.request.operation;
  }

  get name(): string {
    return this.request.name || (this.request.object?.metadata?.name ?? '');
  }

  private get isNamespace(): boolean {
    const { kind } = this.request;
    return kind.group === '' && kind.plural === 'namespaces';
  }

  /** Labels of the object's namespace are the object's own where it is the namespace that is made or changed. */
  get bringsNamespace(): boolean {
    return this.isNamespace && this.subresource === '' && NAMESPACED_OPERATIONS.includes(this.operation);
  }

  /** Other resources under which the same objects are served, in the order they were registered. */
  get equivalents(): readonly View[] {
    this.others ??= findEquivalents(this.request);
    return this.others;
  }

  /** The object as a view shows it, undefined for a delete. Not shared with the request. */
  object(view: View): KubeObject | undefined {
    return shown(view, this.request.object);
  }

  /** The object before, as a view shows it. Shared. */
  oldObject(view: View): KubeObject | undefined {
    return shown(view, this.request.old);
  }
}

function shown({ served }: View, object: KubeObject | undefined): KubeObject | undefined {
  return object && served ? fromStored(served, object) : object;
}

function viewOf({ subresource, kind: { plural, group, version } }: AdmissionRequest, served: ServedKind): View {
  const facts = subresource === '' ? undefined : served.subresourceFacts.find(({ name }) => name === subresource);
  const body = facts?.body;
  const resource =
    served.plural === plural && served.group === group && served.version === version
      ? { group, version, resource: plural }
      : { group: served.group, version: served.version, resource: served.plural };
  if (body) return { resource, kind: { group: body.group, version: body.version, kind: body.kind }, served: undefined };
  return { resource, kind: { group: served.group, version: served.version, kind: served.kind }, served };
}

function findEquivalents(request: AdmissionRequest): View[] {
  const { kind, parts, subresource } = request;
  return parts.kinds
    .keptWith(kind)
    .filter((other) => other !== kind && (subresource === '' || other.subresources.includes(subresource)))
    .map((other) => viewOf(request, other));
}

/** An object of a view as it is kept; a subresource's body stays what it is. */
export function keptForm({ served }: View, object: KubeObject): KubeObject {
  return served ? toStored(served, object) : object;
}
