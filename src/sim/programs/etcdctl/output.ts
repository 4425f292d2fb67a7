import type { EtcdHeader, EtcdKeyValue } from '../../api/etcd-messages.js';
import type { Bytes } from '../../kernel/bytes.js';
import { concatBytes, encodeText } from '../../kernel/bytes.js';

/** A member's or cluster's number as JSON and fields show it, which hold more digits than a double. */
export function decimalId(hex: string): string {
  return BigInt(`0x${hex}`).toString();
}

/** Lines of the head of every answer in the `fields` format. */
export function headerFields({ clusterId, memberId, revision, raftTerm }: EtcdHeader, withRevision = true): string {
  const middle = withRevision ? `"Revision" : ${revision}\n` : '';
  return `"ClusterID" : ${decimalId(clusterId)}\n"MemberID" : ${decimalId(memberId)}\n${middle}"RaftTerm" : ${raftTerm}\n`;
}

/** The head of every answer in JSON. */
export function headerJson({ clusterId, memberId, revision, raftTerm }: EtcdHeader, withRevision = true): string {
  const middle = withRevision ? `"revision":${revision},` : '';
  return `{"cluster_id":${decimalId(clusterId)},"member_id":${decimalId(memberId)},${middle}"raft_term":${raftTerm}}`;
}

/** A key and its value in JSON, as protobuf's Go structs are written: base64, nothing for what is zero. */
export function keyValueJson(kv: EtcdKeyValue, withValue = true): string {
  const value = withValue && kv.value.length > 0 ? { value: Buffer.from(kv.value).toString('base64') } : {};
  return JSON.stringify({
    key: Buffer.from(kv.key, 'utf8').toString('base64'),
    ...(kv.createRevision ? { create_revision: kv.createRevision } : {}),
    ...(kv.modRevision ? { mod_revision: kv.modRevision } : {}),
    ...(kv.version ? { version: kv.version } : {}),
    ...value,
    ...(kv.lease ? { lease: kv.lease } : {}),
  });
}

/** A key and its value in the `fields` format; bytes are quoted as Go's %q does. */
export function keyValueFields(kv: EtcdKeyValue): string {
  const value = goQuote(kv.value);
  return `"Key" : ${goQuote(encodeText(kv.key))}\n"CreateRevision" : ${kv.createRevision}\n"ModRevision" : ${kv.modRevision}\n"Version" : ${kv.version}\n"Value" : ${value}\n"Lease" : ${kv.lease}\n`;
}

/** A key and a value on a line each. */
export function simpleKeyValue(kv: EtcdKeyValue, hex: boolean, which: 'both' | 'value' | 'key'): Bytes {
  const show = (bytes: Bytes): Bytes =>
    hex ? encodeText(Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')) : bytes;
  const newline = encodeText('\n');
  const value = which === 'key' ? new Uint8Array() : show(kv.value);
  if (which === 'value') return concatBytes([value, newline]);
  return concatBytes([show(encodeText(kv.key)), newline, value, newline]);
}

function goQuote(bytes: Bytes): string {
  const text = Buffer.from(bytes).toString('latin1');
  const utf8 = Buffer.from(bytes).toString('utf8');
  const clean = !utf8.includes('\ufffd');
  const quoted = (clean ? utf8 : text).replace(CONTROL, escapeCharacter);
  return `"${clean ? quoted : quoted.replace(/[\u0080-\u00ff]/g, escapeByte)}"`;
}

const CONTROL = /[\\"\p{Cc}]/gu;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '\u0007': '\\a',
  '\u000b': '\\v',
};

function escapeCharacter(character: string): string {
  return ESCAPES[character] ?? escapeByte(character);
}

function escapeByte(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
