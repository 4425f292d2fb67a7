import { type LuaBackend, type LuaCertificates, NO_CERTIFICATE } from './lua.js';
import type { Routing } from './model.js';

/** What nginx' workers are told of backends while they run. */
export function backendsOf({ backends }: Routing): LuaBackend[] {
  return backends.map(({ name, endpoints, noServer, traffic, alternatives, sticky }) => ({
    name,
    endpoints,
    noServer,
    trafficShapingPolicy: traffic,
    alternativeBackends: alternatives,
    sticky,
  }));
}

/** What they are told of certificates, and of the hosts that have none. */
export function certificatesOf({ servers }: Routing): LuaCertificates {
  const certificates: Record<string, { certificate: string; key: string }> = {};
  const names: Record<string, string> = {};
  for (const { hostname, aliases, certificate } of servers) {
    const uid = certificate?.uid ?? NO_CERTIFICATE;
    if (certificate) certificates[uid] = { certificate: certificate.certificate, key: certificate.key };
    for (const name of [hostname, ...aliases]) names[name] = uid;
  }
  return { servers: names, certificates };
}
