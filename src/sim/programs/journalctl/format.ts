import { MILLISECOND } from '../../kernel/time.js';
import type { JournalEntry } from '../systemd/journal.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function iso(time: number): string {
  return new Date(Math.floor(time / MILLISECOND)).toISOString();
}

function tagOf({ identifier, pid }: JournalEntry): string {
  return pid === undefined ? identifier : `${identifier}[${pid}]`;
}

/** More lines of one message stand under its first. */
function indented(message: string, width: number): string {
  return message.replace(/\n/g, `\n${' '.repeat(width)}`);
}

function line(time: string, entry: JournalEntry): string {
  const head = `${time} ${entry.hostname} ${tagOf(entry)}: `;
  return head + indented(entry.message, head.length);
}

/** `Mar 02 09:00:00 node01 kubelet[812]: …` */
export function formatShort(entry: JournalEntry): string {
  const text = iso(entry.time);
  const month = MONTHS[Number(text.slice(5, 7)) - 1];
  return line(`${month} ${text.slice(8, 10)} ${text.slice(11, 19)}`, entry);
}

function precise(entry: JournalEntry): string {
  const text = iso(entry.time);
  const month = MONTHS[Number(text.slice(5, 7)) - 1];
  const micros = String(entry.time % 1_000_000).padStart(6, '0');
  return line(`${month} ${text.slice(8, 10)} ${text.slice(11, 19)}.${micros}`, entry);
}

/** The fields of an entry by the names journald gives them. */
function fieldsOf(entry: JournalEntry): [string, string][] {
  const { pid, uid, unit, about } = entry;
  const fields: [string, string | undefined][] = [
    ['__CURSOR', `s=kubedrill;i=${entry.sequence.toString(16)};b=${entry.boot}`],
    ['__REALTIME_TIMESTAMP', `${entry.time}`],
    ['_BOOT_ID', entry.boot],
    ['_HOSTNAME', entry.hostname],
    ['_TRANSPORT', entry.transport],
    ['PRIORITY', `${entry.priority}`],
    ['SYSLOG_IDENTIFIER', entry.identifier],
    ['_PID', pid === undefined ? undefined : `${pid}`],
    ['_UID', uid === undefined ? undefined : `${uid}`],
    ['_SYSTEMD_UNIT', unit],
    ['UNIT', about],
    ['MESSAGE', entry.message],
  ];
  return fields.filter((field): field is [string, string] => field[1] !== undefined);
}

/** The formats of `-o`, by name. */
export const FORMATS: Readonly<Record<string, (entry: JournalEntry) => string>> = {
  cat: ({ message }) => message,
  json: (entry) => JSON.stringify(Object.fromEntries(fieldsOf(entry))),
  'json-pretty': (entry) => JSON.stringify(Object.fromEntries(fieldsOf(entry)), undefined, '\t'),
  short: formatShort,
  'short-full': (entry) => {
    const date = new Date(Math.floor(entry.time / MILLISECOND));
    const day = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][date.getUTCDay()];
    return line(`${day} ${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`, entry);
  },
  'short-iso': (entry) => line(`${iso(entry.time).slice(0, 19)}+00:00`, entry),
  'short-iso-precise': (entry) =>
    line(`${iso(entry.time).slice(0, 19)}.${String(entry.time % 1_000_000).padStart(6, '0')}+00:00`, entry),
  'short-precise': precise,
  'short-unix': (entry) => line((entry.time / 1_000_000).toFixed(6), entry),
  verbose: (entry) => {
    const head = `${formatShort(entry).slice(0, 15)} [${fieldsOf(entry)[0]?.[1]}]`;
    return [
      head,
      ...fieldsOf(entry)
        .slice(2)
        .map(([name, value]) => `    ${name}=${value}`),
    ].join('\n');
  },
  'with-unit': (entry) => formatShort({ ...entry, identifier: entry.unit ?? entry.identifier }),
};

/** What `-x` puts under a line that the manager's catalog explains. */
export function explanation({ catalog }: JournalEntry): string {
  if (!catalog) return '';
  const lines = [
    `Subject: ${catalog.subject}`,
    'Defined-By: systemd',
    'Support: http://www.ubuntu.com/support',
    '',
    ...catalog.text.split('\n'),
  ];
  return lines.map((text) => `\n░░ ${text}`).join('');
}
