import { readCertificates } from '../../client/tls/certificates.js';
import { keyPairProblem } from '../../client/tls/key-pair.js';
import { isGranted } from './grants.js';
import { type GatewayView, type ListenerState, type Said, said } from './graph.js';
import type { Gateway, Listener } from './types.js';

const CONFLICT = (port: number) =>
  `Multiple listeners for the same port ${port} specify incompatible protocols; ensure only one protocol per port`;
const HOST_CONFLICT = (port: number) =>
  `HTTPS and TLS listeners for the same port ${port} specify overlapping hostnames; ensure no overlapping hostnames for HTTPS and TLS listeners for the same port`;

/** Judges a gateway's listeners, each by itself and then against each other. */
export function listenersOf(gateway: Gateway, view: GatewayView): ListenerState[] {
  const states = gateway.spec.listeners.map((listener) => listenerState(gateway, listener, view));
  for (const port of new Set(states.map(({ listener }) => listener.port))) {
    const same = states.filter(({ listener, valid }) => listener.port === port && valid);
    const protocols = new Set(same.map(({ listener }) => listener.protocol));
    if (protocols.size < 2) continue;
    const message = protocols.has('HTTP') ? CONFLICT(port) : HOST_CONFLICT(port);
    const reason = protocols.has('HTTP') ? 'ProtocolConflict' : 'HostnameConflict';
    for (const state of same)
      refuse(state, [said('Accepted', false, reason, message), said('Conflicted', true, reason, message)], message);
  }
  return states;
}

/** A listener that does not serve: what was said of it, and that it is not programmed. */
function refuse(state: ListenerState, conditions: readonly Said[], message: string): void {
  state.valid = false;
  state.conditions = replaced(state.conditions, [...conditions, said('Programmed', false, 'Invalid', message)]);
}

/** Later conditions take the place of earlier ones of their type. */
export function replaced(before: readonly Said[], after: readonly Said[]): Said[] {
  const types = new Set(after.map(({ type }) => type));
  return [...before.filter(({ type }) => !types.has(type)), ...after];
}

const DEFAULTS: readonly Said[] = [
  said('Accepted', true, 'Accepted', 'The Listener is accepted'),
  said('Programmed', true, 'Programmed', 'The Listener is programmed'),
  said('ResolvedRefs', true, 'ResolvedRefs', 'All references are resolved'),
  said('Conflicted', false, 'NoConflicts', 'No conflicts'),
];

function listenerState(gateway: Gateway, listener: Listener, view: GatewayView): ListenerState {
  const kinds = routeKinds(listener);
  const secret = secretOf(gateway, listener);
  const state: ListenerState = {
    listener,
    gateway,
    valid: true,
    conditions: [...DEFAULTS],
    kinds: kinds.supported,
    secret,
    attached: 0,
  };
  const problem = formProblem(listener);
  if (problem) refuse(state, [said('Accepted', false, problem.reason, problem.message)], problem.message);
  if (kinds.problem !== undefined)
    refuse(state, [said('ResolvedRefs', false, 'InvalidRouteKinds', kinds.problem)], kinds.problem);
  if (state.valid && secret) certificateProblem(state, gateway, view);
  return state;
}

interface Problem {
  readonly reason: string;
  readonly message: string;
}

function formProblem({ protocol, tls, allowedRoutes }: Listener): Problem | undefined {
  const unsupported = (message: string) => ({ reason: 'UnsupportedValue', message });
  if (protocol !== 'HTTP' && protocol !== 'HTTPS' && protocol !== 'TLS')
    return {
      reason: 'UnsupportedProtocol',
      message: `protocol: Unsupported value: ${JSON.stringify(protocol)}: supported values: "HTTP", "HTTPS", "TLS"`,
    };
  if (protocol === 'HTTP' && tls) return unsupported('tls: Forbidden: tls is not supported for HTTP listener');
  if (protocol === 'HTTPS' && !tls) return unsupported('TLS: Required value: tls must be defined for HTTPS listener');
  if (protocol === 'HTTPS' && (tls?.mode ?? 'Terminate') !== 'Terminate')
    return unsupported(`tls.mode: Unsupported value: ${JSON.stringify(tls?.mode)}: supported values: "Terminate"`);
  if (protocol === 'HTTPS' && !tls?.certificateRefs?.length)
    return unsupported('tls.certificateRefs: Required value: certificateRefs must be defined for TLS mode terminate');
  const { from, selector } = allowedRoutes?.namespaces ?? {};
  if (from === 'Selector' && !selector)
    return unsupported("Listener's AllowedRoutes Selector must be set when From is set to type Selector");
  return undefined;
}

/** The kinds of routes a listener takes: those of its protocol, or the ones it names among them. */
function routeKinds({ protocol, allowedRoutes }: Listener): { supported: string[]; problem?: string } {
  const own = protocol === 'TLS' ? ['TLSRoute'] : ['HTTPRoute', 'GRPCRoute'];
  const wanted = allowedRoutes?.kinds;
  if (!wanted?.length) return { supported: own };
  const fits = ({ group = 'gateway.networking.k8s.io', kind }: { group?: string; kind: string }) =>
    group === 'gateway.networking.k8s.io' && own.includes(kind);
  const odd = wanted.find((one) => !fits(one));
  const supported = wanted.filter(fits).map(({ kind }) => kind);
  if (!odd) return { supported };
  const group = odd.group ?? 'gateway.networking.k8s.io';
  return { supported, problem: `Unsupported route kind for protocol ${protocol} "${group}/${odd.kind}"` };
}

function secretOf({ metadata }: Gateway, { tls }: Listener): ListenerState['secret'] {
  const reference = tls?.certificateRefs?.[0];
  return reference && { namespace: reference.namespace ?? (metadata.namespace as string), name: reference.name };
}

/** The certificate must be there, be one, and lie in a namespace that lets it be used. */
function certificateProblem(state: ListenerState, { metadata }: Gateway, view: GatewayView): void {
  const { namespace, name } = state.secret as { namespace: string; name: string };
  const key = `${namespace}/${name}`;
  const from = { group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: metadata.namespace as string };
  if (!isGranted(view.grants, { from, to: { group: '', kind: 'Secret', namespace, name } })) {
    const message = `Certificate ref to secret ${key} not permitted by any ReferenceGrant`;
    const reason = 'RefNotPermitted';
    refuse(state, [said('Accepted', false, reason, message), said('ResolvedRefs', false, reason, message)], message);
    return;
  }
  const why = secretProblem(view, namespace, name);
  if (why === undefined) return;
  const shown = `{"namespace":${JSON.stringify(namespace)},"name":${JSON.stringify(name)}}`;
  const message = `tls.certificateRefs[0]: Invalid value: ${shown}: ${why}`;
  const reason = 'InvalidCertificateRef';
  refuse(state, [said('Accepted', false, reason, message), said('ResolvedRefs', false, reason, message)], message);
}

function secretProblem(view: GatewayView, namespace: string, name: string): string | undefined {
  const secret = view.secret(namespace, name);
  if (!secret) return 'secret does not exist';
  if (secret.type !== 'kubernetes.io/tls') return `unsupported secret type "${secret.type ?? ''}"`;
  const text = (field: string) => Buffer.from(secret.data?.[field] ?? '', 'base64').toString('utf8');
  const certificate = text('tls.crt');
  if (readCertificates(certificate).length === 0)
    return 'tls secret is invalid: tls: failed to find any PEM data in certificate input';
  const misfit = keyPairProblem(certificate, text('tls.key'));
  return misfit === undefined ? undefined : `tls secret is invalid: ${misfit}`;
}
