import { goQuote } from '../../../api/go-text.js';
import { type Bytes, encodeText } from '../../../kernel/bytes.js';
import { KustomizeError, within } from '../error.js';
import type { GeneratorArguments } from '../file/kustomization.js';
import type { Loader } from '../files/loader.js';
import { baseName } from '../files/paths.js';
import { decodedText } from './base64.js';

type Pair = readonly [string, Bytes];

/** The pairs a generator's files, literals and files of variables come to, by key. Throws for a key that comes twice. */
export function loadPairs(loader: Loader, entry: GeneratorArguments): Pair[] {
  const { envs = [], literals = [], files = [] } = entry;
  const pairs = within('loading KV pairs', () => [
    ...within(`env source files: [${envs.join(' ')}]`, () => envs.flatMap((path) => fromVariables(loader.load(path)))),
    ...within(`literal sources [${literals.join(' ')}]`, () => literals.map(fromLiteral)),
    ...within(`file sources: [${files.join(' ')}]`, () => files.map((source) => fromFile(loader, source))),
  ]);
  const known = new Map<string, Bytes>();
  for (const [key, bytes] of pairs) {
    if (known.has(key)) throw new KustomizeError(`configmap ${entry.name ?? ''} illegally repeats the key \`${key}\``);
    known.set(key, bytes);
  }
  return [...known].sort(([a], [b]) => (a < b ? -1 : 1));
}

function fromLiteral(source: string): Pair {
  const at = source.indexOf('=');
  if (at <= 0) throw new KustomizeError(`invalid literal source ${source}, expected key=value`);
  const value = source.slice(at + 1);
  const quoted = value.length >= 2 && /^["']/.test(value) && value.at(-1) === value[0];
  return [source.slice(0, at), encodeText(quoted ? value.slice(1, -1) : value)];
}

function fromFile(loader: Loader, source: string): Pair {
  const parts = source.split('=');
  const [key = '', path = ''] = parts;
  if (parts.length === 1) return [baseName(source), loader.load(source)];
  if (parts.length > 2) throw new KustomizeError(`source ${goQuote(source)} key name or file path contains '='`);
  if (key === '') {
    throw new KustomizeError(`missing key name for file path ${goQuote(path)} in source ${goQuote(source)}`);
  }
  if (path === '') {
    throw new KustomizeError(`missing file path for key name ${goQuote(key)} in source ${goQuote(source)}`);
  }
  return [key, loader.load(path)];
}

/** Lines of `NAME=value`; a name alone has an empty value. */
function fromVariables(bytes: Bytes): Pair[] {
  const text = decodedText(bytes) ?? invalidText(bytes);
  return text.split('\n').flatMap((line, index): Pair[] => {
    const whole = (index === 0 ? line.replace(/^\ufeff/, '') : line).replace(/\r$/, '').trimStart();
    if (whole === '' || whole.startsWith('#')) return [];
    const at = whole.indexOf('=');
    const key = at < 0 ? whole : whole.slice(0, at);
    return key === '' ? [] : [[key, encodeText(at < 0 ? '' : whole.slice(at + 1))]];
  });
}

function invalidText(bytes: Bytes): never {
  const lines = Buffer.from(bytes).toString('latin1').split('\n');
  const bad = lines.map((line) => Buffer.from(line, 'latin1')).find((line) => decodedText(line) === undefined);
  const numbers = [...(bad ?? [])].join(' ');
  throw new KustomizeError(`line [${numbers}] has invalid utf8 bytes : ${bad?.toString('utf8') ?? ''}`);
}
