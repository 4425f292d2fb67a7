import type { Sequence, Step } from './sequence.js';
import { CONFIG_MAPS, get, raw } from './steps.js';

const PROTOBUF = 'application/vnd.kubernetes.protobuf';
const YAML = 'application/yaml';
const HEAD = '"apiVersion":"v1","kind":"ConfigMap"';

/** A field of a message that holds text; everything stays below 128, so that the text is its own UTF-8. */
const field = (number: number, text: string) => String.fromCharCode(number * 8 + 2, text.length) + text;
const MAGIC = 'k8s\0';
const typeMeta = (version: string, kind: string) => field(1, field(1, version) + field(2, kind));
const CONFIG_MAP = typeMeta('v1', 'ConfigMap');
const named = (name: string) => field(1, field(1, name));
/** Ten bytes of a number that is minus one: in UTF-8 each of these is two bytes that say there is more. */
const MINUS_ONE = `${'\u00ff'.repeat(4)}\u00c3\x01`;

const message = (does: string, text: string, path = CONFIG_MAPS): Step => raw(does, 'POST', path, text, PROTOBUF);

/** Messages that are none, or none of a ConfigMap. */
export const BAD_PROTOBUF: Sequence = {
  name: 'bad-protobuf',
  steps: [
    message('nothing', ''),
    message('magic alone', MAGIC),
    message('wrong magic', `k8t\0${CONFIG_MAP}${field(2, named('x'))}`),
    message('JSON', `{${HEAD}}`),
    message('no kind', MAGIC + field(2, named('no-kind'))),
    message('empty kind', MAGIC + typeMeta('', '') + field(2, named('empty-kind'))),
    message('as it should be', MAGIC + CONFIG_MAP + field(2, named('good'))),
    message('another kind', MAGIC + typeMeta('v1', 'Secret') + field(2, named('x'))),
    message('unknown kind', MAGIC + typeMeta('v1', 'Nonsense') + field(2, named('x'))),
    message('unknown version', MAGIC + typeMeta('v9', 'ConfigMap') + field(2, named('x'))),
    message('__proto__ as kind', MAGIC + typeMeta('v1', '__proto__') + field(2, named('x'))),
    message('cut in the envelope', MAGIC + CONFIG_MAP.slice(0, -3)),
    message('cut in the object', `${MAGIC}${CONFIG_MAP}\x12\x7f${named('x')}`),
    message('cut in the metadata', MAGIC + CONFIG_MAP + field(2, '\x0a\x7f\x0a\x01x')),
    message('metadata a number', MAGIC + CONFIG_MAP + field(2, '\x08\x01')),
    message('name a number', MAGIC + CONFIG_MAP + field(2, field(1, '\x08\x01'))),
    message('generation a text', MAGIC + CONFIG_MAP + field(2, field(1, `${field(1, 'x')}\x3a\x01x`))),
    message('data a number', MAGIC + CONFIG_MAP + field(2, `${named('x')}\x10\x01`)),
    message('beginning of a group', MAGIC + CONFIG_MAP + field(2, `${named('x')}\x0b`)),
    message('a whole group', MAGIC + CONFIG_MAP + field(2, `${named('group')}\x7b\x08\x01\x7c`)),
    message('end of no group', MAGIC + CONFIG_MAP + field(2, `${named('x')}\x0c`)),
    message('end of no group, unknown', MAGIC + CONFIG_MAP + field(2, `${named('x')}\x7c`)),
    message('wire type six', MAGIC + CONFIG_MAP + field(2, `${named('x')}\x7e`)),
    message('wire type seven', MAGIC + CONFIG_MAP + field(2, `${named('x')}\x7f`)),
    message('field number zero', MAGIC + CONFIG_MAP + field(2, `${named('x')}\x02\x01x`)),
    message('unknown fields', MAGIC + CONFIG_MAP + field(2, `${named('unknown')}${field(14, 'x')}\x78\x01`)),
    message(
      'unknown fields, strict',
      MAGIC + CONFIG_MAP + field(2, `${named('strict')}${field(14, 'x')}\x78\x01`),
      `${CONFIG_MAPS}?fieldValidation=Strict`,
    ),
    message('unknown field cut', MAGIC + CONFIG_MAP + field(2, `${named('x')}\x72\x09x`)),
    message('negative length', MAGIC + CONFIG_MAP + field(2, `\x0a${MINUS_ONE}`)),
    message('negative length of nothing known', MAGIC + CONFIG_MAP + field(2, `${named('x')}\x72${MINUS_ONE}`)),
    message('huge length', `${MAGIC}${CONFIG_MAP}\x12${'\u00ff'.repeat(2)}\x07x`),
    message('number that does not end', MAGIC + CONFIG_MAP + field(2, `\x0a${'\u00ff'.repeat(6)}`)),
    message('number cut', MAGIC + CONFIG_MAP + field(2, `\x0a\u00ff`)),
    message('name twice', MAGIC + CONFIG_MAP + field(2, field(1, field(1, 'first') + field(1, 'second')))),
    message(
      'metadata twice',
      MAGIC + CONFIG_MAP + field(2, named('twice') + field(1, field(11, `${field(1, 'a')}${field(2, 'b')}`))),
    ),
    message(
      'label without value',
      MAGIC + CONFIG_MAP + field(2, field(1, field(1, 'label') + field(11, field(1, 'a')))),
    ),
    message(
      'label twice',
      MAGIC +
        CONFIG_MAP +
        field(
          2,
          field(
            1,
            field(1, 'labels') + field(11, field(1, 'a') + field(2, 'b')) + field(11, field(1, 'a') + field(2, 'c')),
          ),
        ),
    ),
    message(
      'label called __proto__',
      MAGIC + CONFIG_MAP + field(2, field(1, field(1, 'proto') + field(11, field(1, '__proto__') + field(2, 'b')))),
    ),
    message(
      'data called __proto__',
      MAGIC + CONFIG_MAP + field(2, named('proto-data') + field(2, field(1, '__proto__') + field(2, 'b'))),
    ),
    message('compressed, it says', MAGIC + CONFIG_MAP + field(2, named('x')) + field(3, 'gzip')),
    message(
      'of another content type, it says',
      MAGIC + CONFIG_MAP + field(2, named('typed')) + field(4, 'application/json'),
    ),
    message('more behind it', `${MAGIC}${CONFIG_MAP}${field(2, named('behind'))}${field(9, 'x')}`),
    raw(
      'options of a deletion',
      'DELETE',
      `${CONFIG_MAPS}/good`,
      `${MAGIC}${typeMeta('v1', 'DeleteOptions')}\x12\x09x`,
      PROTOBUF,
    ),
    raw('patch', 'PATCH', `${CONFIG_MAPS}/good`, MAGIC, PROTOBUF),
    raw('CBOR', 'POST', CONFIG_MAPS, '\x00', 'application/cbor'),
    raw('CBOR patch', 'PATCH', `${CONFIG_MAPS}/good`, '\x00', 'application/apply-patch+cbor'),
    get('accepts CBOR', `${CONFIG_MAPS}/good`, { accept: 'application/cbor' }),
    get('accepts CBOR, then JSON', `${CONFIG_MAPS}/nothing`, { accept: 'application/cbor, application/json' }),
    get('accepts a table of protobuf', `${CONFIG_MAPS}/nothing`, { accept: `${PROTOBUF};as=Table;g=meta.k8s.io;v=v1` }),
    get('accepts a table of protobuf, then JSON', `${CONFIG_MAPS}?labelSelector=none`, {
      accept: `${PROTOBUF};as=Table;g=meta.k8s.io;v=v1, application/json;as=Table;g=meta.k8s.io;v=v1`,
    }),
    get('accepts a table of YAML', `${CONFIG_MAPS}/nothing`, { accept: `${YAML};as=Table;g=meta.k8s.io;v=v1` }),
  ],
};
