import type { DnsQuestion, DnsRecord } from '../../kernel/network.js';

/** A name without the final dot. */
export function withoutDot(name: string): string {
  return name.replace(/\.$/, '');
}

/** The name under which an address is asked for (PTR); undefined for what is no IPv4 address. */
export function reverseName(address: string): string | undefined {
  if (address.includes(':')) return reverseName6(address);
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address);
  if (!match?.slice(1).every((part) => Number(part) <= 255)) return undefined;
  return `${match.slice(1).reverse().join('.')}.in-addr.arpa`;
}

function reverseName6(address: string): string | undefined {
  const [head = '', tail] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [first, last] = [groups(head), groups(tail ?? '')];
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  const all = [...first, ...new Array<string>(Math.max(zeros, 0)).fill('0'), ...last];
  if (all.length !== 8 || !all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  const nibbles = all
    .map((group) => group.padStart(4, '0'))
    .join('')
    .toLowerCase();
  return `${[...nibbles].reverse().join('.')}.ip6.arpa`;
}

/** The type of query a word names, in any case; undefined for one there is not. */
export function queryType(word: string): DnsQuestion['type'] | undefined {
  const upper = word.toUpperCase();
  return TYPES.find((type) => type === upper);
}

const TYPES: readonly DnsQuestion['type'][] = 'A AAAA ANY CAA CNAME HINFO HTTPS MX NAPTR NS PTR SOA SRV TXT'.split(
  ' ',
) as DnsQuestion['type'][];

/** One record as nslookup words it; `dotted`: names in it keep their final dot, as bind's does. */
export function recordLines({ name, type, data }: DnsRecord, dotted: boolean): string {
  const owner = withoutDot(name);
  const bare = withoutDot(data);
  const target = dotted ? `${bare}.` : bare;
  switch (type) {
    case 'A':
    case 'AAAA':
      return `Name:\t${owner}\nAddress: ${data}\n`;
    case 'CNAME':
      return `${owner}\tcanonical name = ${target}\n`;
    case 'NS':
      return `${owner}\tnameserver = ${target}\n`;
    case 'PTR':
      return `${owner}\tname = ${target}\n`;
    case 'SRV':
      return `${owner}\tservice = ${target}\n`;
    case 'TXT':
      return `${owner}\ttext = ${data.startsWith('"') ? data : `"${data}"`}\n`;
    case 'SOA':
      return soaLines(owner, data);
    case 'MX':
      return `${owner}\tmail exchanger = ${target}\n`;
    default:
      return `${owner}\trdata_${type.toLowerCase()} = ${data}\n`;
  }
}

function soaLines(owner: string, data: string): string {
  const [origin = '', mail = '', ...numbers] = data.split(/\s+/);
  const names = ['serial', 'refresh', 'retry', 'expire', 'minimum'];
  const lines = names.map((name, at) => `\t${name} = ${numbers[at] ?? 0}\n`).join('');
  return `${owner}\n\torigin = ${withoutDot(origin)}\n\tmail addr = ${withoutDot(mail)}\n${lines}`;
}
