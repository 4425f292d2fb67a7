import type { Ingress } from '../../api/types/networking.js';
import { ipVersion } from '../../client/tls/ip.js';
import type { TrafficShaping } from './model.js';
import type { ControllerSettings } from './settings.js';

/** What all annotations of the controller begin with. */
export const PREFIX = 'nginx.ingress.kubernetes.io/';

/** What an ingress' annotations say, read and checked; left out where they say nothing. */
export interface Annotations {
  readonly rewriteTarget: string;
  readonly useRegex: boolean;
  readonly sslRedirect: boolean;
  readonly forceSslRedirect: boolean;
  readonly preserveTrailingSlash: boolean;
  readonly appRoot: string;
  readonly backendProtocol: string;
  readonly canary: TrafficShaping | undefined;
  readonly allow: readonly string[];
  readonly deny: readonly string[];
  readonly auth: BasicAuth | undefined;
  readonly redirect: { readonly url: string; readonly code: number } | undefined;
  readonly bodySize: string;
  readonly connectTimeout: string;
  readonly readTimeout: string;
  readonly sendTimeout: string;
  readonly nextUpstream: string;
  readonly nextUpstreamTries: string;
  readonly buffering: string;
  readonly upstreamVhost: string;
  readonly forwardedPrefix: string;
  readonly serverAlias: readonly string[];
  readonly serviceUpstream: boolean;
  readonly defaultBackend: string;
  readonly affinity: string;
  readonly cookieName: string;
  readonly cookiePath: string;
  readonly cookieMaxAge: string;
  readonly cors: Cors | undefined;
  readonly accessLog: boolean;
  readonly configurationSnippet: string;
  readonly serverSnippet: string;
  /** Why nobody gets in: all that was asked for answers 503. */
  readonly denied: string | undefined;
}

export interface BasicAuth {
  readonly realm: string;
  /** `namespace/name` */
  readonly secret: string;
  readonly secretType: 'auth-file' | 'auth-map';
}

export interface Cors {
  readonly origins: string;
  readonly methods: string;
  readonly headers: string;
  readonly credentials: boolean;
  readonly maxAge: string;
}

/** An ingress that the controller leaves alone altogether, in its words. */
export class AnnotationError extends Error {}

const CHARS = '\\-._~a-zA-Z0-9/:';
const BASIC = new RegExp(`^[/${CHARS}]*$`);
const SPACED = new RegExp(`^[/${CHARS} ]*$`);
const REGEX = new RegExp(`^[/${CHARS}\\^$[\\](){}*+?|&=\\\\]*$`);
const CAPTURES = new RegExp(`^/?[${CHARS}$]*$`);
const URL_TEXT = new RegExp(`^[${CHARS},?&=]*$`);
const NUMBER = /^[+-]?\d+$/;
const BOOLEAN = /^(?:1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/;
const SIZE = /^\d+[bkmg]?$/i;
const CORS_TEXT = /^[A-Za-z0-9\-_, *:/.]*$/;

/** What a value must look like (internal/ingress/annotations of v1.15), by the name behind the prefix. */
const FORMS: Readonly<Record<string, RegExp | ((value: string) => boolean)>> = {
  'rewrite-target': CAPTURES,
  'use-regex': BOOLEAN,
  'ssl-redirect': BOOLEAN,
  'force-ssl-redirect': BOOLEAN,
  'preserve-trailing-slash': BOOLEAN,
  'app-root': CAPTURES,
  'backend-protocol': /^(?:auto_http|http|https|grpc|grpcs|fcgi)$/i,
  canary: BOOLEAN,
  'canary-weight': NUMBER,
  'canary-weight-total': NUMBER,
  'canary-by-header': BASIC,
  'canary-by-header-value': BASIC,
  'canary-by-header-pattern': REGEX,
  'canary-by-cookie': BASIC,
  'whitelist-source-range': areRanges,
  'allowlist-source-range': areRanges,
  'denylist-source-range': areRanges,
  'auth-type': /^(?:basic|digest)$/,
  'auth-secret': BASIC,
  'auth-secret-type': /^(?:auth-file|auth-map)$/,
  'auth-realm': SPACED,
  'permanent-redirect': URL_TEXT,
  'permanent-redirect-code': NUMBER,
  'temporal-redirect': URL_TEXT,
  'temporal-redirect-code': NUMBER,
  'proxy-body-size': SIZE,
  'proxy-connect-timeout': NUMBER,
  'proxy-read-timeout': NUMBER,
  'proxy-send-timeout': NUMBER,
  'proxy-next-upstream-tries': NUMBER,
  'proxy-buffering': /^(?:on|off)$/,
  'upstream-vhost': /^[A-Za-z0-9\-_.${}:]*$/,
  'x-forwarded-prefix': CAPTURES,
  'server-alias': REGEX,
  'service-upstream': BOOLEAN,
  'default-backend': /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  affinity: /^cookie$/i,
  'session-cookie-name': BASIC,
  'session-cookie-path': BASIC,
  'session-cookie-max-age': NUMBER,
  'enable-cors': BOOLEAN,
  'cors-allow-origin': CORS_TEXT,
  'cors-allow-methods': CORS_TEXT,
  'cors-allow-headers': CORS_TEXT,
  'cors-allow-credentials': BOOLEAN,
  'cors-max-age': NUMBER,
  'enable-access-log': BOOLEAN,
};

/** Annotations that say nginx's own directives, and the group they belong to: more than most clusters let in. */
const CRITICAL: Readonly<Record<string, string>> = {
  'configuration-snippet': 'ConfigurationSnippet',
  'server-snippet': 'ServerSnippet',
  'stream-snippet': 'StreamSnippet',
  'auth-snippet': 'ExternalAuth',
  'modsecurity-snippet': 'ModSecurity',
};

/**
 * Reads the annotations of an ingress (annotations.Extractor). `secretProblem` says what is wrong with a Secret for
 * basic authentication. Throws `AnnotationError` when the controller will have nothing to do with the ingress.
 */
export function readAnnotations(
  ingress: Ingress,
  settings: ControllerSettings,
  secretProblem: (auth: BasicAuth) => string | undefined,
): Annotations {
  const all = ingress.metadata.annotations ?? {};
  const given = (name: string) => all[`${PREFIX}${name}`] ?? '';
  for (const [name, group] of Object.entries(CRITICAL))
    if (`${PREFIX}${name}` in all && settings.annotationsRiskLevel !== 'Critical')
      throw new AnnotationError(`annotation group ${group} contains risky annotation based on ingress configuration`);
  for (const [name, form] of Object.entries(FORMS)) {
    const value = given(name);
    if (value === '' || name === 'whitelist-source-range') continue;
    if (name.endsWith('list-source-range')) continue;
    const fits = typeof form === 'function' ? form(value) : form.test(value) && !/[\r\n]/.test(value);
    if (!fits) throw new AnnotationError(`annotation ${PREFIX}${name} contains invalid value`);
  }
  for (const name of ['allowlist-source-range', 'whitelist-source-range', 'denylist-source-range'])
    if (given(name) !== '' && !areRanges(given(name)))
      throw new AnnotationError(`annotation ${PREFIX}${name} contains invalid value`);
  const auth = authOf(ingress, given);
  const problem = typeof auth === 'string' ? auth : auth && secretProblem(auth);
  return { ...readPlain(given, settings), auth: typeof auth === 'string' ? undefined : auth, denied: problem };
}

type Given = (name: string) => string;

const isTrue = (text: string) => /^(?:1|t|true)$/i.test(text);
const listOf = (text: string) =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

function readPlain(given: Given, settings: ControllerSettings): Omit<Annotations, 'auth' | 'denied'> {
  const flag = (name: string, otherwise: boolean) => (given(name) === '' ? otherwise : isTrue(given(name)));
  const snippets = settings.allowSnippetAnnotations;
  return {
    rewriteTarget: given('rewrite-target'),
    useRegex: flag('use-regex', false),
    sslRedirect: flag('ssl-redirect', settings.sslRedirect),
    forceSslRedirect: flag('force-ssl-redirect', settings.forceSslRedirect),
    preserveTrailingSlash: flag('preserve-trailing-slash', false),
    appRoot: given('app-root').startsWith('/') ? given('app-root') : '',
    backendProtocol: (given('backend-protocol') || 'HTTP').toUpperCase(),
    canary: canaryOf(given),
    allow: ranges(given('allowlist-source-range') || given('whitelist-source-range') || settings.allowlist),
    deny: ranges(given('denylist-source-range')),
    redirect: redirectOf(given),
    bodySize: given('proxy-body-size') || settings.proxyBodySize,
    connectTimeout: given('proxy-connect-timeout') || settings.proxyConnectTimeout,
    readTimeout: given('proxy-read-timeout') || settings.proxyReadTimeout,
    sendTimeout: given('proxy-send-timeout') || settings.proxySendTimeout,
    nextUpstream: given('proxy-next-upstream') || settings.proxyNextUpstream,
    nextUpstreamTries: given('proxy-next-upstream-tries') || settings.proxyNextUpstreamTries,
    buffering: given('proxy-buffering') || 'off',
    upstreamVhost: given('upstream-vhost'),
    forwardedPrefix: given('x-forwarded-prefix'),
    serverAlias: listOf(given('server-alias')),
    serviceUpstream: flag('service-upstream', false),
    defaultBackend: given('default-backend'),
    affinity: given('affinity').toLowerCase(),
    cookieName: given('session-cookie-name') || 'INGRESSCOOKIE',
    cookiePath: given('session-cookie-path'),
    cookieMaxAge: given('session-cookie-max-age'),
    cors: corsOf(given),
    accessLog: flag('enable-access-log', true),
    configurationSnippet: snippets ? given('configuration-snippet') : '',
    serverSnippet: snippets ? given('server-snippet') : '',
  };
}

function canaryOf(given: Given): TrafficShaping | undefined {
  if (!isTrue(given('canary'))) return undefined;
  return {
    weight: Number(given('canary-weight') || 0),
    weightTotal: Number(given('canary-weight-total') || 100),
    header: given('canary-by-header'),
    headerValue: given('canary-by-header-value'),
    headerPattern: given('canary-by-header-pattern'),
    cookie: given('canary-by-cookie'),
  };
}

/** Temporal before permanent; a code that is no redirect is not used. */
function redirectOf(given: Given): { url: string; code: number } | undefined {
  for (const [kind, usual] of [
    ['temporal', 302],
    ['permanent', 301],
  ] as const) {
    const url = given(`${kind}-redirect`);
    if (url === '' || !/^(?:https?:\/\/\S+|\/)/.test(url)) continue;
    const code = Number(given(`${kind}-redirect-code`) || usual);
    return { url, code: code >= 300 && code <= 308 ? code : usual };
  }
  return undefined;
}

function corsOf(given: Given): Cors | undefined {
  if (!isTrue(given('enable-cors'))) return undefined;
  return {
    origins: given('cors-allow-origin') || '*',
    methods: given('cors-allow-methods') || 'GET, PUT, POST, DELETE, PATCH, OPTIONS',
    headers:
      given('cors-allow-headers') ||
      'DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization',
    credentials: given('cors-allow-credentials') === '' || isTrue(given('cors-allow-credentials')),
    maxAge: given('cors-max-age') || '1728000',
  };
}

/** What is asked of visitors, or why nobody gets in; undefined when nothing is asked. */
function authOf(ingress: Ingress, given: Given): BasicAuth | string | undefined {
  const type = given('auth-type');
  if (type === '') return undefined;
  const secret = given('auth-secret');
  if (secret === '') return 'error reading secret name from annotation: ingress rule without annotations';
  const own = ingress.metadata.namespace ?? 'default';
  const [name = '', namespace = own] = secret.split('/').reverse();
  if (namespace !== own) return 'cross namespace usage of secrets is not allowed';
  return {
    realm: given('auth-realm'),
    secret: `${namespace}/${name}`,
    secretType: given('auth-secret-type') === 'auth-map' ? 'auth-map' : 'auth-file',
  };
}

function areRanges(text: string): boolean {
  return listOf(text).every((one) => {
    const [address = '', length] = one.split('/');
    const version = ipVersion(address);
    return (
      version !== 0 && (length === undefined || (/^\d+$/.test(length) && Number(length) <= (version === 4 ? 32 : 128)))
    );
  });
}

/** Sorted and without repetitions, as the controller keeps them. */
function ranges(text: string): string[] {
  return [...new Set(listOf(text))].sort();
}
