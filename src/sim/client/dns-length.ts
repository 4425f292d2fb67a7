import type { DnsAnswer, DnsQuestion, DnsRecord } from '../kernel/network.js';

/** How many bytes DNS messages have on the wire (RFC 1035), so that programs can tell and servers can cut. */

const HEADER_BYTES = 12;
/** Type, class, time to live, length of the data. */
const RECORD_BYTES = 10;
/** An OPT record without options, and a client's cookie in it. */
const EDNS_BYTES = 11;
const COOKIE_BYTES = 12;

function ednsLength({ udpSize, cookie }: DnsQuestion): number {
  return udpSize === undefined ? 0 : EDNS_BYTES + (cookie ? COOKIE_BYTES : 0);
}

/** A name's labels with their lengths and the root; known endings are pointed at when `known` is given. */
function nameLength(name: string, known: Set<string> | undefined): number {
  let bytes = 0;
  const labels = name.replace(/\.$/, '').split('.').filter(Boolean);
  for (const [at, label] of labels.entries()) {
    const rest = labels.slice(at).join('.').toLowerCase();
    if (known?.has(rest)) return bytes + 2;
    known?.add(rest);
    bytes += label.length + 1;
  }
  return bytes + 1;
}

function dataLength({ type, data }: DnsRecord, known: Set<string> | undefined): number {
  const words = data.split(/\s+/);
  switch (type) {
    case 'A':
      return 4;
    case 'AAAA':
      return 16;
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return nameLength(data, known);
    case 'MX':
      return 2 + nameLength(words[1] ?? '', known);
    // A service's target is never pointed at another name.
    case 'SRV':
      return 6 + nameLength(words[3] ?? '', undefined);
    case 'SOA':
      return 20 + nameLength(words[0] ?? '', known) + nameLength(words[1] ?? '', known);
    case 'TXT':
    case 'HINFO':
      return [...data.matchAll(/"((?:[^"\\]|\\.)*)"|\S+/g)].reduce(
        (sum, [all, quoted]) => sum + 1 + (quoted ?? all).length,
        0,
      );
    default:
      return data.length;
  }
}

/** The bytes of a question's message. */
export function questionLength(question: DnsQuestion): number {
  return HEADER_BYTES + nameLength(question.name, undefined) + 4 + ednsLength(question);
}

/** The bytes of an answer with its question, names written out or, compressed, pointed at where they come again. */
export function answerLength(question: DnsQuestion, answer: DnsAnswer, compressed = false): number {
  const known = compressed ? new Set<string>() : undefined;
  const records = [...answer.records, ...(answer.authority ?? []), ...(answer.additional ?? [])];
  return records.reduce(
    (sum, record) => sum + nameLength(record.name, known) + RECORD_BYTES + dataLength(record, known),
    HEADER_BYTES + nameLength(question.name, known) + 4 + ednsLength(question),
  );
}
