import { resolveHost } from '../../client/resolver.js';
import { keyPairProblem } from '../../client/tls/key-pair.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { type ConfigFiles, type Directive, NginxConfigError, readNginxConfig } from './config.js';
import type { DirectiveRules } from './directives.js';
import { type Configuration, readSites, wordsOf } from './sites.js';
import { isBuiltIn, variablesIn } from './variables.js';

/** Numbers of the errors that nginx tells. */
export const ERRNO: Readonly<Record<string, number>> = {
  EACCES: 13,
  EADDRINUSE: 98,
  EADDRNOTAVAIL: 99,
  ENOENT: 2,
  ENOTDIR: 20,
  EISDIR: 21,
  EROFS: 30,
};

/** What nginx's configuration is read from: its file, and the line's own directives. */
export interface ConfigSource {
  readonly path: string;
  /** `-g`. */
  readonly global: string;
  /** What modules add to nginx's own directives, and the variables they make. */
  readonly rules?: DirectiveRules;
  readonly variables?: readonly string[];
}

/** Reads and checks a configuration; `seen` is told every file. Throws `NginxConfigError`. */
export function* loadConfiguration(
  sys: Sys,
  { path, global, rules, variables = [] }: ConfigSource,
  seen: (path: string, text: string) => void = () => {},
): Waiting<Configuration> {
  const files = filesOf(sys, seen);
  const given = readNginxConfig('command line', { ...files, read: () => global });
  const configuration = readSites([...given, ...readNginxConfig(path, files)], rules);
  checkUser(sys, configuration.main);
  checkFormats(configuration.http);
  checkVariables(configuration, variables);
  for (const site of configuration.sites) {
    if (!site.listens.some(({ ssl }) => ssl) || wordsOf(site.base, 'ssl_reject_handshake')?.[0] === 'on') continue;
    const [certificate, key] = ['ssl_certificate', 'ssl_certificate_key'].map((name) => wordsOf(site.base, name)?.[0]);
    if (certificate === undefined || key === undefined) {
      const { file, line } = site.base.own.find(({ words }) => words.includes('ssl')) ??
        site.base.own[0] ?? { file: path, line: 1 };
      const missing = certificate === undefined ? 'ssl_certificate' : 'ssl_certificate_key';
      const words = certificate === undefined ? 'the "listen ... ssl" directive' : `certificate "${certificate}"`;
      throw new NginxConfigError(`no "${missing}" is defined for ${words} in ${file}:${line}`);
    }
    checkPair(sys, certificate, key);
  }
  yield* resolveUpstreams(sys, configuration);
  return configuration;
}

function filesOf(sys: Sys, seen: (path: string, text: string) => void): ConfigFiles {
  return {
    read: (file) => {
      try {
        const text = Buffer.from(sys.readFile(file)).toString('utf8');
        seen(file, text);
        return text;
      } catch (error) {
        if (!isErrno(error)) throw error;
        throw new NginxConfigError(`open() "${file}" failed (${ERRNO[error.code] ?? 5}: ${error.message})`);
      }
    },
    glob: (pattern) => {
      const folder = pattern.slice(0, pattern.lastIndexOf('/'));
      const [before = '', after = ''] = pattern.slice(folder.length + 1).split('*');
      try {
        return sys
          .readDirectory(folder)
          .map(({ name }) => name)
          .filter((name) => name.startsWith(before) && name.endsWith(after) && !name.startsWith('.'))
          .sort()
          .map((name) => `${folder}/${name}`);
      } catch (error) {
        if (isErrno(error)) return [];
        throw error;
      }
    },
  };
}

function checkUser(sys: Sys, main: readonly Directive[]): void {
  const user = main.find(({ name }) => name === 'user');
  if (!user) return;
  const known = (file: string, name: string) =>
    readText(sys, file)
      .split('\n')
      .some((line) => line.startsWith(`${name}:`));
  const [name = '', group] = user.words;
  const at = ` in ${user.file}:${user.line}`;
  if (!known('/etc/passwd', name)) throw new NginxConfigError(`getpwnam("${name}") failed${at}`);
  if (group !== undefined && !known('/etc/group', group))
    throw new NginxConfigError(`getgrnam("${group}") failed${at}`);
}

function readText(sys: Sys, path: string): string {
  try {
    return Buffer.from(sys.readFile(path)).toString('utf8');
  } catch (error) {
    if (isErrno(error)) return '';
    throw error;
  }
}

function* within(directives: readonly Directive[]): Generator<Directive> {
  for (const directive of directives) {
    yield directive;
    if (directive.block && !NO_DIRECTIVES.has(directive.name)) yield* within(directive.block);
  }
}

/** Blocks whose lines are no directives. */
const NO_DIRECTIVES = new Set(['types', 'map', 'geo', 'split_clients']);

function checkFormats(http: readonly Directive[]): void {
  const formats = new Set([
    'combined',
    ...http.filter(({ name }) => name === 'log_format').map(({ words }) => words[0]),
  ]);
  for (const { name, words, file, line } of within(http)) {
    const format = words[1];
    if (name !== 'access_log' || format === undefined || format.includes('=') || formats.has(format)) continue;
    throw new NginxConfigError(`unknown log format "${format}" in ${file}:${line}`);
  }
}

/** Directives in whose values variables are replaced. */
const WITH_VARIABLES = new Set([
  'if',
  'set',
  'return',
  'log_format',
  'add_header',
  'proxy_pass',
  'proxy_set_header',
  'try_files',
  'root',
  'alias',
  'rewrite',
]);

/** Directives that make the variable that is their first word, and those that make the last. */
const MAKERS = new Set(['set', 'auth_request_set']);
const BLOCK_MAKERS = new Set(['map', 'geo', 'split_clients']);

function checkVariables({ http }: Configuration, more: readonly string[]): void {
  const all = [...within(http)];
  const made = new Set(
    all.flatMap(({ name, words }) =>
      MAKERS.has(name) ? [words[0] ?? ''] : BLOCK_MAKERS.has(name) ? [words.at(-1) ?? ''] : [],
    ),
  );
  for (const name of more) made.add(`$${name}`);
  const captures = new Set(
    all.flatMap(({ words }) => words.flatMap((word) => [...word.matchAll(/\(\?P?<(\w+)>/g)].map(([, name]) => name))),
  );
  for (const { name, words } of all) {
    if (!WITH_VARIABLES.has(name)) continue;
    const texts = name === 'rewrite' ? words.slice(1, 2) : name === 'set' ? words.slice(1) : words;
    for (const variable of texts.flatMap(variablesIn))
      if (!isBuiltIn(variable) && !made.has(`$${variable}`) && !captures.has(variable))
        throw new NginxConfigError(`unknown "${variable}" variable`);
  }
}

function checkPair(sys: Sys, certificate: string, key: string): void {
  const texts = [certificate, key].map((path, index) => {
    const what = index === 0 ? 'certificate' : 'certificate key';
    const full = path.startsWith('/') ? path : `/etc/nginx/${path}`;
    try {
      return Buffer.from(sys.readFile(full)).toString('utf8');
    } catch (error) {
      if (!isErrno(error)) throw error;
      const number = { ENOENT: '2', EACCES: 'D' }[error.code as 'ENOENT'] ?? '2';
      const library =
        error.code === 'ENOENT'
          ? 'error:10000080:BIO routines::no such file'
          : 'error:10080002:BIO routines::system lib';
      throw new NginxConfigError(
        `cannot load ${what} "${full}": BIO_new_file() failed (SSL: error:8000000${number}:system library::${error.message}:calling fopen(${full}, r) ${library})`,
      );
    }
  });
  const [chain = '', own = ''] = texts;
  if (!chain.includes('-----BEGIN CERTIFICATE-----'))
    throw new NginxConfigError(
      `cannot load certificate "${certificate}": PEM_read_bio_X509_AUX() failed (SSL: error:0480006C:PEM routines::no start line:Expecting: TRUSTED CERTIFICATE)`,
    );
  if (!/-----BEGIN (?:\w+ )?PRIVATE KEY-----/.test(own))
    throw new NginxConfigError(
      `cannot load certificate key "${key}": PEM_read_bio_PrivateKey() failed (SSL: error:1E08010C:DECODER routines::unsupported:No supported data to decode. Input type: PEM)`,
    );
  if (keyPairProblem(chain, own) !== undefined)
    throw new NginxConfigError(
      `SSL_CTX_use_PrivateKey("${key}") failed (SSL: error:05800074:x509 certificate routines::key values mismatch)`,
    );
}

/** Names of other servers are looked up once, now: one that nobody has keeps nginx from starting. */
function* resolveUpstreams(sys: Sys, { http, upstreams }: Configuration): Waiting<void> {
  for (const { name, words, file, line, block } of within(http)) {
    const [first = ''] = words;
    const isServer = name === 'server' && block === undefined;
    if (
      (name !== 'proxy_pass' && !isServer) ||
      first.includes('$') ||
      first.startsWith('unix:') ||
      first.startsWith('0.0.0.1')
    )
      continue;
    const authority = isServer ? first : (/^https?:\/\/([^/?]*)/.exec(first)?.[1] ?? '');
    if (!isServer && upstreams.has(authority)) continue;
    const host = authority.replace(/:\d+$/, '');
    const found = yield* resolveHost(sys, host);
    if ('addresses' in found && found.addresses.length > 0) continue;
    throw new NginxConfigError(`host not found in upstream "${authority}" in ${file}:${line}`);
  }
}
