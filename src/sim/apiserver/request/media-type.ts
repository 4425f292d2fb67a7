import { ownField } from '../../api/set-field.js';
import { failure, notAcceptable, type Status, StatusError } from '../../api/status.js';

/** How an answer is written. */
export type Encoding = 'json' | 'yaml' | 'protobuf' | 'object';

/** What a client accepts: an encoding, and whether it wants a table or metadata only. */
export interface MediaType {
  readonly encoding: Encoding;
  readonly as: 'Table' | 'PartialObjectMetadata' | 'PartialObjectMetadataList' | 'APIGroupDiscoveryList' | undefined;
  /** Group/version of `as`: `meta.k8s.io/v1`, `apidiscovery.k8s.io/v2`. */
  readonly asVersion: string;
  readonly pretty: boolean;
}

/** Objects that stay objects, for clients on the same machine. */
const OBJECT_TYPE = 'application/vnd.kubedrill.object';

const ENCODINGS: Readonly<Record<string, Encoding>> = {
  'application/json': 'json',
  'application/yaml': 'yaml',
  'application/vnd.kubernetes.protobuf': 'protobuf',
  [OBJECT_TYPE]: 'object',
};
const ACCEPTED = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];
/** What lists are routed by as well: watches are the same route. */
const STREAMED = ['application/json;stream=watch', 'application/vnd.kubernetes.protobuf;stream=watch'];

interface Clause {
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly quality: number;
}

/** The media type of an encoding, as it stands in Content-Type. */
export function contentType(encoding: Encoding): string {
  return Object.keys(ENCODINGS).find((name) => ENCODINGS[name] === encoding) as string;
}

/** What most programs of the machine ask for. */
const PLAIN_OBJECT: MediaType = { encoding: 'object', as: undefined, asVersion: '', pretty: false };

/** What is answered with where nothing is chosen. */
export const PLAIN_JSON: MediaType = { encoding: 'json', as: undefined, asVersion: '', pretty: false };

/**
 * Chooses what to answer with. `transforms` tells whether the request knows tables and partial metadata, `streams` whether
 * it may be watched; `messages` is false for objects that have no protobuf form. Throws 406.
 */
export function negotiate(
  accept: string | undefined,
  transforms: readonly string[] = [],
  streams: 'streams' | 'answers' = 'answers',
  messages = true,
): MediaType {
  if (accept === OBJECT_TYPE) return PLAIN_OBJECT;
  if (accept === undefined || accept.trim() === '') return PLAIN_JSON;
  for (const clause of readAccept(accept)) {
    const encoding = matchEncoding(clause.type);
    if (!encoding) continue;
    const { as, g, v } = clause.parameters;
    const pretty = clause.parameters['pretty'] === '1';
    if (as === undefined && encoding === 'protobuf' && !messages) continue;
    if (as === undefined) return { encoding, as: undefined, asVersion: '', pretty };
    const asVersion = `${g ?? ''}/${v ?? ''}`;
    // Tables and aggregated discovery have no protobuf form; the next clause may do.
    if (encoding === 'protobuf' && (as === 'Table' || as === 'APIGroupDiscoveryList')) continue;
    if (transforms.includes(`${as}.${asVersion}`)) {
      return { encoding, as: as as NonNullable<MediaType['as']>, asVersion, pretty };
    }
  }
  if (isForRouter(accept))
    throw new StatusError(notRouted(streams === 'streams' ? [...ACCEPTED, ...STREAMED] : ACCEPTED));
  throw new StatusError(notAcceptable(ACCEPTED));
}

/** Whether no clause names anything that is produced at all: the router refuses that before any handler looks. */
function isForRouter(accept: string): boolean {
  return readAccept(accept).every(({ type }) => matchEncoding(type) === undefined);
}

/** The router's refusal of whoever accepts none of what a path answers with. */
export function notRouted(produced: readonly string[]): Status {
  const message = `406: Not Acceptable\n\nAvailable representations: ${produced.join(', ')}`;
  return failure(406, 'NotAcceptable', message, {});
}

/** How a refusal is written: transforms are for objects, so a clause that asks for one is passed over. */
export function refusalType(accept: MediaType | undefined, header: string | undefined): MediaType | undefined {
  if (accept?.as === undefined) return accept;
  const plain = readAccept(header ?? '').find(
    ({ type, parameters }) => parameters['as'] === undefined && matchEncoding(type) !== undefined,
  );
  return { ...PLAIN_JSON, encoding: (plain && matchEncoding(plain.type)) ?? 'json', pretty: accept.pretty };
}

/** Whether a person reads the answer: the query says so, or the client is curl, wget or a browser (isPrettyPrint). */
export function wantsPretty(agent: string | undefined, query: URLSearchParams): boolean {
  const asked = query.get('pretty');
  if (asked) return ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(asked);
  return /^(?:curl|Wget|Mozilla\/5\.0)/.test(agent ?? '');
}

/** The encoding of a request's body by its Content-Type; undefined when it is none of ours. */
export function bodyEncoding(header: string | undefined): Encoding | undefined {
  const type = (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (isBroken(header ?? '')) return undefined;
  return type === '' || type === '*/*' ? 'json' : ownField(ENCODINGS, type);
}

/** Whether an Accept header allows a media type. */
export function accepts(accept: string | undefined, type: string): boolean {
  if (accept === undefined || accept.trim() === '') return true;
  const wanted = [type, `${type.split('/')[0]}/*`, '*/*'];
  return readAccept(accept).some((clause) => wanted.includes(clause.type));
}

function matchEncoding(type: string): Encoding | undefined {
  if (type === '*/*' || type === 'application/*') return 'json';
  return ownField(ENCODINGS, type);
}

/** Whether Go's mime package cannot read a media type: a parameter that is none. */
function isBroken(header: string): boolean {
  const [, ...parameters] = header.split(';');
  const given = parameters.map((one) => one.trim());
  // One semicolon at the end is let pass.
  if (given.at(-1) === '') given.pop();
  return given.some((one) => !/^[^\s=]+=.*$/.test(one));
}

function readAccept(header: string): Clause[] {
  const clauses = header.split(',').map((text): Clause => {
    const [type = '', ...rest] = text.split(';').map((part) => part.trim());
    const parameters: Record<string, string> = {};
    for (const part of rest) {
      const [name = '', value = ''] = part.split('=', 2);
      parameters[name] = value;
    }
    return {
      type: type.toLowerCase(),
      parameters,
      quality: parameters['q'] === undefined ? 1 : Number(parameters['q']) || 0,
    };
  });
  return clauses
    .map((clause, index) => ({ clause, index }))
    .sort((a, b) => b.clause.quality - a.clause.quality || a.index - b.index)
    .map(({ clause }) => clause);
}
