import { dns1123Subdomain, portName, portNumber } from '../../api/names.js';
import type { KubeObject } from '../../api/object.js';
import { CommandError } from '../errors.js';
import type { Session } from '../session.js';

type ServiceType = 'ClusterIP' | 'ExternalName' | 'LoadBalancer' | 'NodePort';

/** A service of a type, as `kubectl create service` builds it from its flags. Throws for ports that are none. */
export function buildService({ flags }: Session, name: string, type: ServiceType): KubeObject {
  const clusterIP = flags.text('clusterip');
  const tcp = flags.list('tcp');
  const externalName = flags.text('external-name');
  if (clusterIP === 'None' && type !== 'ClusterIP')
    throw new CommandError('ClusterIP=None can only be used with ClusterIP service type');
  if (clusterIP !== 'None' && tcp.length === 0 && type !== 'ExternalName') {
    throw new CommandError('at least one tcp port specifier must be provided');
  }
  if (externalName !== '' && dns1123Subdomain(externalName).length > 0) {
    throw new CommandError(`invalid service external name ${externalName}`);
  }
  const nodePort = type === 'NodePort' ? flags.number('node-port') : 0;
  const ports = tcp.map((text) => ({
    name: text.replaceAll(':', '-'),
    protocol: 'TCP',
    ...parsePorts(text),
    ...(nodePort ? { nodePort } : {}),
  }));
  const labels = { app: name };
  return {
    kind: 'Service',
    apiVersion: 'v1',
    metadata: { name, labels },
    spec: {
      ...(ports.length > 0 ? { ports } : {}),
      selector: labels,
      ...(clusterIP === '' ? {} : { clusterIP }),
      type,
      ...(externalName === '' ? {} : { externalName }),
    },
    status: { loadBalancer: {} },
  };
}

function parsePorts(text: string): { port: number; targetPort: number | string } {
  const [first = '', second] = text.split(/:(.*)/s);
  const port = parsePort(first);
  if (second === undefined) return { port, targetPort: port };
  if (/^-?\d+$/.test(second)) {
    const target = Number(second);
    const problems = portNumber(target);
    if (problems.length > 0) throw new CommandError(problems.join(','));
    return { port, targetPort: target };
  }
  const problems = portName(second);
  if (problems.length > 0) throw new CommandError(problems.join(','));
  return { port, targetPort: second };
}

function parsePort(text: string): number {
  if (!/^\d+$/.test(text)) throw new CommandError(`strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`);
  const port = Number(text);
  if (port > 65_535) throw new CommandError(`strconv.ParseUint: parsing ${JSON.stringify(text)}: value out of range`);
  return port;
}
