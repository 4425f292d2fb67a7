import type { KubeObject } from '../../api/object.js';
import { notFound } from '../../api/status.js';
import type { Store } from '../../store/store.js';
import { objectOf } from '../storage/stored-object.js';

/** Which of a Service's ports somebody is to be asked at. */
interface ServiceReference {
  readonly namespace: string;
  readonly name: string;
  /** 443 without it. */
  readonly port?: number | undefined;
}

/** Where the server listens itself, for those who name the Service `kubernetes`. */
interface OwnAddress {
  readonly port: number;
}

interface ServiceSpec {
  type?: string;
  clusterIP?: string;
  externalName?: string;
  ports?: { port: number }[];
}

/**
 * The address of a Service, as the server that routes by cluster addresses finds it (proxy.ResolveCluster). Throws `Error`
 * in its words.
 */
export function serviceAddress(
  store: Store,
  { namespace, name, port = 443 }: ServiceReference,
  own: OwnAddress,
): { host: string; port: number } {
  if (namespace === 'default' && name === 'kubernetes' && port === 443) return { host: '127.0.0.1', port: own.port };
  const entry = store.get(`/registry/services/specs/${namespace}/${name}`);
  if (!entry) throw new Error(notFound({ group: '', resource: 'service' }, name).message);
  const spec = ((objectOf(entry) as KubeObject)['spec'] ?? {}) as ServiceSpec;
  const { type = 'ClusterIP', clusterIP = '', externalName = '', ports = [] } = spec;
  if (type === 'ExternalName') return { host: externalName, port };
  if (type === 'ClusterIP' && clusterIP === 'None') throw new Error('cannot route to service with ClusterIP "None"');
  if (!ports.some((one) => one.port === port)) {
    throw new Error(`no service port ${port} found for service ${JSON.stringify(name)}`);
  }
  return { host: clusterIP, port };
}
