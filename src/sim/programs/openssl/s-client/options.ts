import { Misuse, type OptionKind, type Options, readOptions } from '../options.js';

const OPTIONS: Readonly<Record<string, OptionKind>> = {
  4: 'flag',
  6: 'flag',
  CAfile: 'value',
  alpn: 'value',
  brief: 'flag',
  cert: 'value',
  connect: 'value',
  crlf: 'flag',
  host: 'value',
  ign_eof: 'flag',
  key: 'value',
  'no-CAfile': 'flag',
  'no-CApath': 'flag',
  no_ign_eof: 'flag',
  noservername: 'flag',
  partial_chain: 'flag',
  port: 'value',
  quiet: 'flag',
  servername: 'value',
  showcerts: 'flag',
  tls1_2: 'flag',
  tls1_3: 'flag',
  verify: 'number',
  verify_hostname: 'value',
  verify_ip: 'value',
  verify_quiet: 'flag',
  verify_return_error: 'flag',
};
const ABSENT = new Set(
  (
    'CApath CAstore bind cert_chain cipher ciphersuites crl_check debug dtls dtls1_2 keylogfile keymatexport msg ' +
    'nextprotoneg no_ticket pass prexit proxy psk reconnect ssl3 sess_in sess_out starttls state status sigalgs curves ' +
    'groups tls1 tls1_1 tlsextdebug trace unix xmpphost nbio nocommands early_data no_tls1_2 no_tls1_3'
  ).split(' '),
);

/** Where to connect to. */
export interface Place {
  readonly host: string;
  readonly service: string;
}

/** Reads the options. Throws `Misuse`. */
export function clientOptions(words: readonly string[]): Options {
  const options = readOptions(words, OPTIONS, (name) => {
    throw new Misuse(ABSENT.has(name) ? `-${name} is not at hand on these machines` : `Unknown option: -${name}`);
  });
  if (options.has('servername') && options.has('noservername'))
    throw new Misuse("Can't use -servername and -noservername together");
  if (options.operands.length > 1) throw new Misuse('');
  if (options.operands.length === 1 && options.has('connect'))
    throw new Misuse('cannot provide both -connect option and target parameter');
  return options;
}

/** `-connect HOST:PORT`, or the word behind the options; both halves have usual ones. */
export function placeOf(options: Options): Place {
  const word = options.value('connect') ?? options.operands[0];
  const usual = { host: options.value('host') ?? 'localhost', service: options.value('port') ?? '4433' };
  if (word === undefined) return usual;
  const [, bracketed, plain, service] = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/.exec(word) ?? [];
  return { host: bracketed || plain || usual.host, service: service || usual.service };
}

/**
 * The name that is told to the server (SNI): as it was given, or the host's where that has more than one label;
 * undefined for none.
 */
export function serverNameOf(options: Options, { host }: Place): string | undefined {
  if (options.has('noservername')) return undefined;
  const given = options.value('servername');
  if (given !== undefined) return given;
  const labels = host.split('.');
  const isName = labels.length > 1 && labels.every((label) => /^[\w](?:[\w-]{0,61}[\w])?$/.test(label));
  return isName && !/^[\d.]+$/.test(host) ? host : undefined;
}
