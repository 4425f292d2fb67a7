import type { Ingress } from '../../api/types/networking.js';
import type { ComponentLog } from '../../client/component/log.js';
import { decodeText, encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Message } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { AnnotationError, PREFIX } from './annotations.js';
import type { ParsedIngress, Routing } from './model.js';
import type { ControllerOptions } from './options.js';
import type { IngressStore } from './store.js';

interface Review {
  readonly apiVersion: string;
  readonly kind: string;
  readonly request: { readonly uid: string; readonly object?: Ingress | null };
}

/**
 * The controller's own admission webhook: an ingress of its class that it could not serve, or that takes another one's
 * path, is refused (internal/admission/controller, CheckIngress).
 */
export function serveWebhook(
  sys: Sys,
  log: ComponentLog,
  options: ControllerOptions,
  store: IngressStore,
  routing: (ingresses: readonly ParsedIngress[]) => Routing,
): void {
  const read = (path: string) => decodeText(sys.readFile(path));
  const { webhookCertificate, webhookKey, webhookPort } = options;
  log.info(
    'Starting validation webhook',
    { address: `:${webhookPort}`, certPath: webhookCertificate, keyPath: webhookKey },
    'nginx.go:339',
  );
  sys.listen({
    port: webhookPort,
    application: 'http',
    tls: { certificate: () => read(webhookCertificate), key: () => read(webhookKey) },
    handler: function* answer(message): Waiting<Message> {
      if (message.kind !== 'http') return { kind: 'http-response', status: 400, headers: {} };
      let review: Review;
      try {
        review = JSON.parse(decodeText(message.body ?? new Uint8Array())) as Review;
      } catch (error) {
        if (!(error instanceof SyntaxError) && !isErrno(error)) throw error;
        return { kind: 'http-response', status: 400, headers: {} };
      }
      const ingress = review.request.object ?? undefined;
      const problem = ingress ? problemOf(ingress, store, routing) : undefined;
      if (ingress) tell(log, ingress, problem);
      const response = {
        uid: review.request.uid,
        allowed: problem === undefined,
        ...(problem === undefined
          ? {}
          : { status: { status: 'Failure', message: problem, reason: 'BadRequest', code: 400 } }),
      };
      const body = JSON.stringify({ kind: review.kind, apiVersion: review.apiVersion, response });
      return {
        kind: 'http-response',
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: encodeText(body),
      };
    },
  });
}

function tell(log: ComponentLog, { metadata }: Ingress, problem: string | undefined): void {
  const fields = { ingress: metadata.name, namespace: metadata.namespace };
  if (problem === undefined)
    log.info(
      'successfully validated configuration, accepting',
      { ingress: `${metadata.namespace}/${metadata.name}` },
      'main.go:107',
    );
  else
    log.error(
      problem,
      'invalid ingress configuration',
      { ingress: `${fields.namespace}/${fields.ingress}` },
      'main.go:96',
    );
}

/** Why an ingress is refused; undefined when it is not, or is another controller's. */
function problemOf(
  ingress: Ingress,
  store: IngressStore,
  routing: (ingresses: readonly ParsedIngress[]) => Routing,
): string | undefined {
  if (ingress.metadata.deletionTimestamp || !store.isOwn(ingress)) return undefined;
  const settings = store.settings();
  const badPath = settings.strictValidatePathType ? pathProblem(ingress) : undefined;
  if (badPath !== undefined) return `ingress contains invalid paths: ${badPath}`;
  for (const name of Object.keys(ingress.metadata.annotations ?? {}))
    if (!settings.allowSnippetAnnotations && name.startsWith(PREFIX) && name.endsWith('-snippet'))
      return `${name} annotation cannot be used. Snippet directives are disabled by the Ingress administrator`;
  let parsed: ParsedIngress;
  try {
    parsed = { ingress, annotations: store.read(ingress) };
  } catch (error) {
    if (!(error instanceof AnnotationError)) throw error;
    return error.message;
  }
  const isSame = ({ metadata }: Ingress) =>
    metadata.namespace === ingress.metadata.namespace && metadata.name === ingress.metadata.name;
  const others = store.list().filter((one) => !isSame(one.ingress));
  return overlapOf(parsed, routing([...others, parsed]), isSame);
}

/** What a path that is no pattern may be made of (inspector.ValidatePathType). */
const PLAIN_PATH = /^\/[a-z0-9._\-/]*$/i;

function pathProblem({ spec }: Ingress): string | undefined {
  const problems = (spec.rules ?? [])
    .flatMap(({ http }) => http?.paths ?? [])
    .flatMap(({ path, pathType }) =>
      (pathType === 'Exact' || pathType === 'Prefix') && path && !PLAIN_PATH.test(path)
        ? [`path ${path} cannot be used with pathType ${pathType}`]
        : [],
    );
  return problems.length === 0 ? undefined : problems.join('\n');
}

function overlapOf(
  { ingress, annotations }: ParsedIngress,
  { servers }: Routing,
  isSame: (other: Ingress) => boolean,
): string | undefined {
  for (const { host, http } of ingress.spec.rules ?? []) {
    const server = servers.find(({ hostname }) => hostname === (host || '_'));
    for (const { path, backend } of http?.paths ?? []) {
      if (!backend.service) continue;
      const wanted = path || '/';
      for (const location of server?.locations ?? []) {
        const other = location.ingress;
        if (location.path !== wanted || location.isDefault || !other || isSame(other)) continue;
        const otherCanary = other.metadata.annotations?.[`${PREFIX}canary`];
        const isCanary = annotations.canary !== undefined;
        const clash = isCanary
          ? otherCanary === 'true'
          : otherCanary === undefined && !(`${PREFIX}canary` in (ingress.metadata.annotations ?? {}));
        if (clash)
          return `host "${host || '_'}" and path "${wanted}" is already defined in ingress ${other.metadata.namespace}/${other.metadata.name}`;
      }
    }
  }
  return undefined;
}
