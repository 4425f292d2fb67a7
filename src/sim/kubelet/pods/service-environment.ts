import type { Service } from '../../api/types/service.js';

/**
 * Variables for the services a container may use (kubelet pkg/kubelet/envvars): those of its own namespace when it
 * wants links, and always the API server's.
 */
export function serviceEnvironment(
  services: readonly Service[],
  namespace: string,
  links: boolean,
): Map<string, string> {
  const chosen = new Map<string, Service>();
  for (const service of services) {
    const { name = '', namespace: own } = service.metadata;
    if (!hasAddress(service)) continue;
    if (own === 'default' && name === 'kubernetes' && !chosen.has(name)) chosen.set(name, service);
    if (links && own === namespace) chosen.set(name, service);
  }
  const variables = new Map<string, string>();
  for (const [name, service] of chosen) addService(variables, name, service);
  return variables;
}

function hasAddress({ spec }: Service): boolean {
  return spec.clusterIP !== undefined && spec.clusterIP !== '' && spec.clusterIP !== 'None';
}

function variableName(text: string): string {
  return text.toUpperCase().replaceAll('-', '_');
}

function addService(variables: Map<string, string>, name: string, { spec }: Service): void {
  const address = spec.clusterIP ?? '';
  const prefix = variableName(name);
  const ports = spec.ports ?? [];
  const [first] = ports;
  if (!first) return;
  variables.set(`${prefix}_SERVICE_HOST`, address);
  variables.set(`${prefix}_SERVICE_PORT`, String(first.port));
  for (const port of ports)
    if (port.name) variables.set(`${prefix}_SERVICE_PORT_${variableName(port.name)}`, String(port.port));
  for (const [index, port] of ports.entries()) {
    const protocol = port.protocol ?? 'TCP';
    const url = `${protocol.toLowerCase()}://${address}:${port.port}`;
    if (index === 0) variables.set(`${prefix}_PORT`, url);
    const own = `${prefix}_PORT_${port.port}_${protocol.toUpperCase()}`;
    variables.set(own, url);
    variables.set(`${own}_PROTO`, protocol.toLowerCase());
    variables.set(`${own}_PORT`, String(port.port));
    variables.set(`${own}_ADDR`, address);
  }
}
