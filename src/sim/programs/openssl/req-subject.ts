import { sequence, setOf } from '../../client/pki/der.js';
import { type Bytes, decodeText } from '../../kernel/bytes.js';
import { printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { Failure } from './failure.js';
import { Misuse } from './options.js';
import type { Config } from './req-config.js';
import { attribute, subjectName } from './signing.js';

/** A part of a name that is asked for. Lengths in bytes. */
interface Field {
  readonly type: string;
  readonly prompt: string;
  readonly usual: string;
  readonly min: number;
  readonly max: number;
}

const field = (type: string, prompt: string, usual = '', min = 0, max = 1024): Field => ({
  type,
  prompt,
  usual,
  min,
  max,
});
/** What Debian's /etc/ssl/openssl.cnf asks for. */
const USUAL_FIELDS: readonly Field[] = [
  field('countryName', 'Country Name (2 letter code)', 'AU', 2, 2),
  field('stateOrProvinceName', 'State or Province Name (full name)', 'Some-State'),
  field('localityName', 'Locality Name (eg, city)'),
  field('organizationName', 'Organization Name (eg, company)', 'Internet Widgits Pty Ltd'),
  field('organizationalUnitName', 'Organizational Unit Name (eg, section)'),
  field('commonName', 'Common Name (e.g. server FQDN or YOUR name)', '', 0, 64),
  field('emailAddress', 'Email Address', '', 0, 64),
];
const USUAL_ATTRIBUTES: readonly Field[] = [
  field('challengePassword', 'A challenge password', '', 4, 20),
  field('unstructuredName', 'An optional company name'),
];
const GREETING = `You are about to be asked to enter information that will be incorporated
into your certificate request.
What you are about to enter is what is called a Distinguished Name or a DN.
There are quite a few fields but you can leave some blank
For some fields there will be a default value,
If you enter '.', the field will be left blank.
-----
`;

/** The subject: of `-subj`, of the configuration, or as it is typed. `brief`: attributes are not asked for. */
export function* subjectFor(sys: Sys, given: string | undefined, config: Config, brief: boolean): Waiting<Bytes> {
  if (given !== undefined) {
    const { name, unknown } = subjectName(given);
    for (const type of unknown)
      yield* printError(sys, `req warning: Skipping unknown subject name attribute "${type}"\n`);
    return name;
  }
  const section = config.sections.get(config.setting('distinguished_name') ?? '') ?? [];
  if (config.isGiven && section.length === 0)
    throw new Failure(['error, no objects specified in config file', 'Error making certificate request']);
  if (config.setting('prompt') === 'no') return nameOf(section.map(([type, value]) => [bare(type), unquoted(value)]));
  return yield* askSubject(sys, config.isGiven ? fieldsOf(section) : USUAL_FIELDS, brief || config.isGiven);
}

function* askSubject(sys: Sys, fields: readonly Field[], brief: boolean): Waiting<Bytes> {
  yield* printError(sys, GREETING);
  const lines = typedLines(sys);
  const parts: [type: string, value: string][] = [];
  for (const one of fields) parts.push([one.type, yield* ask(sys, lines, one)]);
  if (brief) return nameOf(parts);
  yield* printError(sys, "\nPlease enter the following 'extra' attributes\nto be sent with your certificate request\n");
  for (const one of USUAL_ATTRIBUTES) {
    if ((yield* ask(sys, lines, one)) !== '')
      throw new Misuse(`a ${one.type} is not put into requests on these machines: leave it empty`);
  }
  return nameOf(parts);
}

/** Asks until the answer is as long as it may be; a dot leaves it out. */
function* ask(sys: Sys, lines: () => Waiting<string | undefined>, { prompt, usual, min, max }: Field): Waiting<string> {
  for (;;) {
    yield* printError(sys, `${prompt} [${usual}]:`);
    const typed = yield* lines();
    if (typed === undefined) throw new Failure(['Error making certificate request']);
    const value = typed === '' ? usual : typed === '.' ? '' : typed;
    const length = Buffer.byteLength(value);
    if (length === 0) return value;
    if (length < min)
      yield* printError(
        sys,
        `String too short, must be at least ${min} bytes long
`,
      );
    else if (length > max)
      yield* printError(
        sys,
        `String too long, must be at most ${max} bytes long
`,
      );
    else return value;
  }
}

/** Line after line of standard input; undefined at its end. */
function typedLines(sys: Sys): () => Waiting<string | undefined> {
  let left = '';
  return function* () {
    while (!left.includes('\n')) {
      const bytes = yield* sys.read(0);
      if (bytes.length === 0) return undefined;
      left += decodeText(bytes);
    }
    const at = left.indexOf('\n');
    const line = left.slice(0, at);
    left = left.slice(at + 1);
    return line;
  };
}

function nameOf(parts: readonly (readonly [type: string, value: string])[]): Bytes {
  return sequence(
    ...parts.flatMap(([type, value]) => {
      const made = value === '' ? undefined : attribute(type, value);
      return made ? [setOf(made)] : [];
    }),
  );
}

/** Fields of a configuration's section: what is asked for, and with endings what holds for it. */
function fieldsOf(section: readonly (readonly [string, string])[]): Field[] {
  const all = new Map(section);
  return section
    .filter(([name]) => !/_(?:default|min|max|value)$/.test(name))
    .map(([name, prompt]) => {
      const number = (ending: string, otherwise: number) => Number(all.get(`${name}_${ending}`) ?? otherwise);
      const usual = unquoted(all.get(`${name}_default`) ?? '');
      return field(bare(name), unquoted(prompt), usual, number('min', 0), number('max', 1024));
    });
}

/** `organizationName` of `1.organizationName`: what comes before a dot tells equal types apart. */
function bare(type: string): string {
  return type.replace(/^[^.,:]*[.,:](?=.)/, '');
}

function unquoted(value: string): string {
  return value.replace(/^"(.*)"$/, '$1');
}
