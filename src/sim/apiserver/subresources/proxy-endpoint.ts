import type { KubeObject } from '../../api/object.js';
import type { Store } from '../../store/store.js';
import type { RequestContext } from '../request/context.js';
import { objectOf } from '../storage/stored-object.js';

interface ServicePort {
  readonly name?: string;
  readonly port: number;
}

interface Slice {
  readonly metadata: { readonly labels?: Readonly<Record<string, string>> };
  readonly endpoints?:
    | readonly {
        readonly addresses: readonly string[];
        readonly conditions?: { readonly ready?: boolean };
      }[]
    | null;
  readonly ports?: readonly { readonly name?: string; readonly port?: number }[] | null;
}

/**
 * One of the endpoints behind a service's port, which is given by name or number, or left out for the one without a
 * name. A text says why there is none.
 */
export function serviceEndpoint(
  context: RequestContext,
  store: Store,
  service: KubeObject,
  given: string,
): { address: string; port: number } | string {
  const name = service.metadata.name ?? '';
  let portName = given;
  if (/^\d+$/.test(given)) {
    const { ports = [] } = (service['spec'] ?? {}) as { ports?: readonly ServicePort[] };
    const found = ports.find(({ port }) => port === Number(given));
    if (!found) return `no service port ${given} found for service ${JSON.stringify(name)}`;
    portName = found.name ?? '';
  }
  const choices = slicesOf(context, store, service).flatMap(({ endpoints, ports }) => {
    const port = ports?.find((one) => (one.name ?? '') === portName)?.port;
    if (port === undefined) return [];
    const ready = (endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false);
    return ready.flatMap(({ addresses: [address] }) => (address === undefined ? [] : [{ address, port }]));
  });
  if (choices.length === 0)
    return `no endpoints available for service ${JSON.stringify(given === '' ? name : context.info.name)}`;
  return context.parts.random.pick(choices);
}

function slicesOf({ parts, info }: RequestContext, store: Store, service: KubeObject): Slice[] {
  const kind = parts.kinds.resource('discovery.k8s.io', 'v1', 'endpointslices');
  if (!kind) return [];
  const { entries } = store.range({ prefix: `/registry/${kind.storagePrefix}/${info.namespace}/` });
  return entries
    .map((entry) => objectOf(entry) as unknown as Slice)
    .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name);
}
