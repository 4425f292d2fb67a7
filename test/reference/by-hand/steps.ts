/** Short forms for steps. */
import type { Step } from './sequence.js';

type More = Pick<Step, 'headers' | 'text'>;

export const CORE = '/api/v1/namespaces/NS';
export const CONFIG_MAPS = `${CORE}/configmaps`;
export const PODS = `${CORE}/pods`;
export const SERVICES = `${CORE}/services`;
export const DEPLOYMENTS = '/apis/apps/v1/namespaces/NS/deployments';

/** POST of an object. */
export function post(does: string, path: string, body: unknown, more: More = {}): Step {
  return { does, method: 'POST', path, body, ...more };
}

/** GET. */
export function get(does: string, path: string, headers: Step['headers'] = {}): Step {
  return { does, method: 'GET', path, headers };
}

/** PUT of an object. */
export function put(does: string, path: string, body: unknown): Step {
  return { does, method: 'PUT', path, body };
}

/** DELETE, with options in its body where there are any. */
export function remove(does: string, path: string, options?: object): Step {
  return {
    does,
    method: 'DELETE',
    path,
    ...(options ? { body: { kind: 'DeleteOptions', apiVersion: 'v1', ...options } } : {}),
  };
}

/** PATCH of the type that its name stands for. */
export function patch(type: 'json' | 'merge' | 'strategic', does: string, path: string, body: unknown): Step {
  const media = type === 'strategic' ? 'strategic-merge-patch' : `${type}-patch`;
  return { does, method: 'PATCH', path, body, headers: { 'content-type': `application/${media}+json` } };
}

/** A request whose body is a text as it stands. */
export function raw(does: string, method: string, path: string, text: string, type = 'application/json'): Step {
  return { does, method, path, text, headers: { 'content-type': type } };
}

/** A ConfigMap. */
export function configMap(name: string, more: object = {}): object {
  const { metadata, ...rest } = more as { metadata?: object };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...metadata }, ...rest };
}

/** A Pod of one container. */
export function pod(name: string, more: object = {}): object {
  const { metadata, spec, ...rest } = more as { metadata?: object; spec?: object };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...metadata },
    spec: { automountServiceAccountToken: false, containers: [{ name: 'one', image: 'nginx:1.27' }], ...spec },
    ...rest,
  };
}

/** A Deployment of one container. */
export function deployment(name: string, more: object = {}): object {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'one', image: 'nginx:1.27' }] } },
      ...more,
    },
  };
}
