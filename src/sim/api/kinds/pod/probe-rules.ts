/** Rules of probes, hooks and what they do. */
import { type FieldError, forbidden, invalid, required } from '../../field-error.js';
import { httpHeaderName, portName, portNumber } from '../../names.js';
import type { IntOrString } from '../../object.js';
import type { Container, HTTPGetAction, Lifecycle, LifecycleHandler, Probe } from '../../types/pod.js';
import { checkText, nonnegative, oneOf } from '../meta.js';

/** A port by number or by name. */
export function portNumberOrName(path: string, port: IntOrString | undefined): FieldError[] {
  if (typeof port === 'string') return checkText(path, port, portName);
  return portNumber(port ?? 0).map((message) => invalid(path, port ?? 0, message));
}

function validateHttpGet(path: string, action: HTTPGetAction): FieldError[] {
  const errors: FieldError[] = action.path ? [] : [required(`${path}.path`)];
  errors.push(...portNumberOrName(`${path}.port`, action.port));
  errors.push(...oneOf(`${path}.scheme`, action.scheme ?? '', ['HTTP', 'HTTPS']));
  for (const { name } of action.httpHeaders ?? []) {
    errors.push(...checkText(`${path}.httpHeaders`, name ?? '', httpHeaderName));
  }
  return errors;
}

type Handler = LifecycleHandler & Pick<Probe, 'grpc'>;

function validateHandler(path: string, handler: Handler, graceSeconds: number | undefined): FieldError[] {
  const checks: [keyof Handler, () => FieldError[]][] = [
    ['exec', () => ((handler.exec?.command ?? []).length > 0 ? [] : [required(`${path}.exec.command`)])],
    ['httpGet', () => validateHttpGet(`${path}.httpGet`, handler.httpGet as HTTPGetAction)],
    ['tcpSocket', () => portNumberOrName(`${path}.tcpSocket.port`, handler.tcpSocket?.port)],
    ['grpc', () => portNumberOrName(`${path}.grpc.port`, handler.grpc?.port)],
    ['sleep', () => validateSleep(`${path}.sleep`, handler.sleep?.seconds ?? 0, graceSeconds)],
  ];
  const errors: FieldError[] = [];
  let found = 0;
  for (const [name, check] of checks) {
    if (!handler[name]) continue;
    found += 1;
    if (found > 1) errors.push(forbidden(`${path}.${name}`, 'may not specify more than 1 handler type'));
    else errors.push(...check());
  }
  if (found === 0) errors.push(required(path, 'must specify a handler type'));
  return errors;
}

function validateSleep(path: string, seconds: number, graceSeconds: number | undefined): FieldError[] {
  if (graceSeconds === undefined || (seconds >= 0 && seconds <= graceSeconds)) return [];
  return [invalid(path, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${graceSeconds})`)];
}

function validateProbe(path: string, probe: Probe, graceSeconds: number | undefined): FieldError[] {
  const errors = validateHandler(path, probe, graceSeconds);
  for (const field of [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
  ] as const) {
    errors.push(...nonnegative(`${path}.${field}`, probe[field]));
  }
  const grace = probe.terminationGracePeriodSeconds;
  if (grace !== undefined && grace <= 0) {
    errors.push(invalid(`${path}.terminationGracePeriodSeconds`, grace, 'must be greater than 0'));
  }
  return errors;
}

function validateSuccessOnce(path: string, probe: Probe | undefined, graceSeconds: number | undefined): FieldError[] {
  if (!probe) return [];
  const errors = validateProbe(path, probe, graceSeconds);
  const successes = probe.successThreshold ?? 0;
  if (successes !== 1) errors.push(invalid(`${path}.successThreshold`, successes, 'must be 1'));
  return errors;
}

/** The three probes of a container. */
export function validateProbes(path: string, container: Container, graceSeconds: number | undefined): FieldError[] {
  const { readinessProbe } = container;
  const errors = validateSuccessOnce(`${path}.livenessProbe`, container.livenessProbe, graceSeconds);
  if (readinessProbe) {
    errors.push(...validateProbe(`${path}.readinessProbe`, readinessProbe, graceSeconds));
    const grace = readinessProbe.terminationGracePeriodSeconds;
    if (grace !== undefined) {
      const at = `${path}.readinessProbe.terminationGracePeriodSeconds`;
      errors.push(invalid(at, grace, 'must not be set for readinessProbes'));
    }
  }
  return [...errors, ...validateSuccessOnce(`${path}.startupProbe`, container.startupProbe, graceSeconds)];
}

/** The hooks of a container. */
export function validateLifecycle(path: string, lifecycle: Lifecycle, graceSeconds: number | undefined): FieldError[] {
  const errors: FieldError[] = [];
  for (const hook of ['postStart', 'preStop'] as const) {
    const handler = lifecycle[hook];
    if (handler) errors.push(...validateHandler(`${path}.${hook}`, handler, graceSeconds));
  }
  return errors;
}
