import type { KubeObject } from '../../api/object.js';
import { type Bytes, encodeText } from '../../kernel/bytes.js';
import { frameWatchEvent } from '../codecs.js';
import type { RequestContext } from '../request/context.js';
import { contentType, type Encoding } from '../request/media-type.js';
import { partialOf } from '../respond/partial.js';
import { tableOf } from '../respond/table.js';
import { encodeObject } from '../respond/write-object.js';
import { apiVersionOf, fromStored, type ServedKind } from '../served-kind.js';

/** Writes watch events in the client's media type. */
export interface EventWriter {
  readonly headers: Readonly<Record<string, string>>;
  write(type: string, object: object): Bytes | { readonly object: unknown };
}

/** What the last object that was written came to, by what was asked for: those who watch the same get the same bytes. */
let lastObject: object | undefined;
const written = new Map<string, Bytes>();

/** The writer for what a request accepts: objects, JSON lines, or protobuf frames; whole, as tables or metadata only. */
export function eventWriter(context: RequestContext, kind: ServedKind): EventWriter {
  const { accept } = context;
  const include = context.query.get('includeObject') ?? 'Metadata';
  const asked = [apiVersionOf(kind), kind.kind, accept.encoding, accept.as, accept.asVersion].join(' ');
  let firstTable = true;
  const shape = (type: string, object: object): object => {
    if (accept.as === undefined || type === 'ERROR') return fromStored(kind, object);
    if (accept.as !== 'Table') return partialOf(object as KubeObject, accept.asVersion);
    const table = tableOf(kind, object as KubeObject, include, accept.asVersion, context.parts.now()) as Record<
      string,
      unknown
    >;
    if (type === 'BOOKMARK') table['rows'] = [];
    // Only the first event of a stream says what the columns are.
    if (!firstTable) table['columnDefinitions'] = null;
    firstTable = false;
    return table;
  };
  const streaming = accept.encoding === 'json' ? '' : ';stream=watch';
  return {
    headers: { 'content-type': `${contentType(accept.encoding)}${streaming}`, 'cache-control': 'no-cache, private' },
    write: (type, object) => {
      if (accept.encoding === 'object') return { object: { type, object: shape(type, object) } };
      // Ages in a table are those of the moment, and its first event is not like the others.
      if (accept.as === 'Table') return encode(accept.encoding, type, shape(type, object));
      return once(object, `${type} ${asked}`, () => encode(accept.encoding, type, shape(type, object)));
    },
  };
}

/** Stored objects never change, so what one came to is the same for everybody who asks for the same. */
function once(object: object, asked: string, make: () => Bytes): Bytes {
  if (object !== lastObject) {
    lastObject = object;
    written.clear();
  }
  let bytes = written.get(asked);
  if (!bytes) {
    bytes = make();
    written.set(asked, bytes);
  }
  return bytes;
}

function encode(encoding: Encoding, type: string, shaped: object): Bytes {
  if (encoding === 'protobuf') return frameWatchEvent(type, shaped);
  const json = Buffer.from(encodeObject(shaped, 'json')).toString('utf8').trimEnd();
  return encodeText(`{"type":"${type}","object":${json}}\n`);
}
