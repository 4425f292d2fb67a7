import { answerLength } from '../../client/dns-length.js';
import type { DnsAnswer, DnsQuestion, DnsRecord } from '../../kernel/network.js';
import { MILLISECOND, type Micros } from '../../kernel/time.js';
import type { DigOptions } from './options.js';

/** Who answered, and how. */
export interface Answered {
  readonly question: DnsQuestion;
  readonly answer: DnsAnswer;
  readonly server: string;
  readonly protocol: 'udp' | 'tcp';
  readonly took: Micros;
  readonly at: Micros;
  /** Drawn for the message. */
  readonly id: number;
  readonly cookie: string;
}

/** Columns of bind's style for people: where what begins, with tabs of eight. */
const TTL_COLUMN = 24;
const CLASS_COLUMN = 32;
const TYPE_COLUMN = 40;
const DATA_COLUMN = 48;

/** The whole answer as dig shows it, sections that are not wanted left out. */
export function showAnswer(answered: Answered, options: DigOptions): string {
  const { answer, question } = answered;
  if (options.short) return answer.records.map(({ data }) => `${data}\n`).join('');
  const sections: readonly [title: string, wanted: boolean, records: readonly DnsRecord[]][] = [
    ['ANSWER', options.answer, answer.records],
    ['AUTHORITY', options.authority, answer.authority ?? []],
    ['ADDITIONAL', options.additional, answer.additional ?? []],
  ];
  const shown = sections
    .filter(([, wanted, records]) => wanted && records.length > 0)
    .map(([title, , records]) => {
      const lines = records.map((record) => recordLine(record, options)).join('');
      return options.comments ? `;; ${title} SECTION:\n${lines}\n` : lines;
    });
  return [
    options.comments ? header(answered) : '',
    options.question ? questionLines(question, options) : '',
    ...shown,
    options.stats ? statistics(answered, options) : '',
  ].join('');
}

function header({ answer, question, id, cookie }: Answered): string {
  const { authoritative, truncated, recursive, code, records, authority = [], additional = [] } = answer;
  const edns = question.udpSize !== undefined;
  const flags = [
    'qr',
    ...(authoritative ? ['aa'] : []),
    ...(truncated ? ['tc'] : []),
    'rd',
    ...(recursive ? ['ra'] : []),
  ];
  const counts = [
    'QUERY: 1',
    `ANSWER: ${records.length}`,
    `AUTHORITY: ${authority.length}`,
    `ADDITIONAL: ${additional.length + (edns ? 1 : 0)}`,
  ];
  const lines = [
    ';; Got answer:',
    `;; ->>HEADER<<- opcode: QUERY, status: ${code}, id: ${id}`,
    `;; flags: ${flags.join(' ')}; ${counts.join(', ')}`,
    ...(recursive ? [] : [';; WARNING: recursion requested but not available']),
    '',
  ];
  if (edns) {
    lines.push(';; OPT PSEUDOSECTION:', `; EDNS: version: 0, flags:; udp: ${question.udpSize}`);
    if (question.cookie) lines.push(`; COOKIE: ${cookie} (echoed)`);
  }
  return `${lines.join('\n')}\n`;
}

function questionLines({ name, type }: DnsQuestion, { comments }: DigOptions): string {
  const line = `${columns(`;${name}`, [
    [CLASS_COLUMN, 'IN'],
    [TYPE_COLUMN, type],
  ])}\n`;
  return comments ? `;; QUESTION SECTION:\n${line}\n` : line;
}

function recordLine({ name, type, ttl, data }: DnsRecord, options: DigOptions): string {
  const cells: [number, string][] = [];
  if (options.ttl) cells.push([TTL_COLUMN, `${ttl}`]);
  if (options.class) cells.push([CLASS_COLUMN, 'IN']);
  cells.push([TYPE_COLUMN, type], [DATA_COLUMN, data]);
  return `${columns(name, cells)}\n`;
}

/** Words at their columns by tabs; one that comes too late is put after a blank. */
function columns(first: string, cells: readonly (readonly [column: number, text: string])[]): string {
  let line = first;
  let at = first.length;
  for (const [column, text] of cells) {
    if (at >= column) {
      line += ' ';
      at += 1;
    } else {
      line += '\t'.repeat(Math.ceil((column - at) / 8));
      at = column;
    }
    line += text;
    at += text.length;
  }
  return line;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function statistics({ question, answer, server, protocol, took, at }: Answered, { port }: DigOptions): string {
  const date = new Date(Math.floor(at / MILLISECOND));
  const two = (number: number): string => `${number}`.padStart(2, '0');
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  const day = `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${two(date.getUTCDate())}`;
  return [
    `;; Query time: ${Math.floor(took / MILLISECOND)} msec`,
    `;; SERVER: ${server}#${port}(${server}) (${protocol.toUpperCase()})`,
    `;; WHEN: ${day} ${clock} UTC ${date.getUTCFullYear()}`,
    `;; MSG SIZE  rcvd: ${answerLength(question, answer)}`,
    '',
    '',
  ].join('\n');
}
