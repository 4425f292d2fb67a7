import { failure, type Status } from '../../api/status.js';
import { selfSigned } from '../../client/pki/authority.js';
import type { Sys } from '../../kernel/sys.js';
import { HOUR, MINUTE, type Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { type GoAnswer, type GoRequest, goError, goListen, NOT_FOUND } from '../go/server.js';
import type { Authentication } from './front-proxy.js';

/** One thing that a server's health consists of; undefined while it is well. */
export interface HealthCheck {
  readonly name: string;
  readonly problem: () => string | undefined;
}

/** One version of a group that is served. */
export interface ServedApi {
  readonly group: string;
  readonly version: string;
  /** As discovery lists them. */
  readonly resources: () => readonly object[];
  /** Answers what is below the group's version, path parts decoded; undefined where nothing is. */
  readonly answer: (parts: readonly string[], request: GoRequest) => GoAnswer | undefined;
}

/** What a server behind APIServices serves. */
export interface ExtensionServer {
  readonly port: number;
  readonly apis: readonly ServedApi[];
  readonly checks: { readonly livez: readonly HealthCheck[]; readonly readyz: readonly HealthCheck[] };
  /** Says whom it believes. */
  readonly authentication: Authentication;
}

/**
 * Serves an API that the main server hands requests on to (k8s.io/apiserver's generic server). It takes the main
 * server's word for who asks, and that what it hands on is allowed; whoever comes without it may look at its health. Returns why it cannot listen, in Go's words.
 */
export function serveExtension(sys: Sys, server: ExtensionServer): string | undefined {
  const credential = selfSigned(
    `${sys.hostname()}/${server.port}`,
    { name: 'localhost', subject: { commonName: `localhost@${Math.floor(sys.now() / MINUTE)}` }, usages: ['server'] },
    sys.now() - HOUR,
  );
  const tls = { certificate: () => credential.certificate(), key: () => credential.privateKey() };
  return goListen(sys, server.port, (request) => respond(server, request, sys.now()), tls);
}

function respond(server: ExtensionServer, request: GoRequest, now: Micros): GoAnswer | Waiting<GoAnswer> {
  const path = request.path.replace(/\/+$/, '') || '/';
  if (path === '/livez' || path === '/healthz') return health(path.slice(1), server.checks.livez, request);
  if (path === '/readyz') return health('readyz', server.checks.readyz, request);
  const asker = server.authentication(request, now);
  if (!asker) return json(failure(401, 'Unauthorized', 'Unauthorized', {}), 401);
  if (!asker.isAllowed) return json(forbidden(request, asker.user), 403);
  if (path === '/apis') return json({ kind: 'APIGroupList', apiVersion: 'v1', groups: server.apis.map(groupOf) });
  const api = server.apis.find(({ group }) => path === `/apis/${group}` || path.startsWith(`/apis/${group}/`));
  return (api && answerApi(api, path, request)) ?? NOT_FOUND;
}

function answerApi(api: ServedApi, path: string, request: GoRequest): GoAnswer | undefined {
  const { group, version } = api;
  const root = `/apis/${group}/${version}`;
  if (path === `/apis/${group}`) return json({ kind: 'APIGroup', apiVersion: 'v1', ...groupOf(api) });
  if (path.startsWith(`${root}/`)) return api.answer(path.slice(root.length + 1).split('/'), request);
  if (path !== root) return undefined;
  const groupVersion = `${group}/${version}`;
  return json({ kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: api.resources() });
}

function groupOf({ group: name, version }: ServedApi): object {
  const one = { groupVersion: `${name}/${version}`, version };
  return { name, versions: [one], preferredVersion: one };
}

function health(name: string, checks: readonly HealthCheck[], request: GoRequest): GoAnswer {
  const failed = checks.filter(({ problem }) => problem() !== undefined);
  const lines = checks.map((check) =>
    failed.includes(check) ? `[-]${check.name} failed: reason withheld\n` : `[+]${check.name} ok\n`,
  );
  if (failed.length > 0) return goError(500, `${lines.join('')}${name} check failed`);
  return { text: request.query.has('verbose') ? `${lines.join('')}${name} check passed\n` : 'ok' };
}

/** A JSON answer. */
export function json(value: unknown, status = 200): GoAnswer {
  return { status, text: JSON.stringify(value), headers: { 'content-type': 'application/json' } };
}

function forbidden({ method, path }: GoRequest, user: string): Status {
  const verb = method === 'POST' ? 'post' : method.toLowerCase();
  return failure(403, 'Forbidden', `forbidden: User "${user}" cannot ${verb} path "${path}"`, {});
}
