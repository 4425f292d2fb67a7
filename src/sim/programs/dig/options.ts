import type { DnsType } from '../../kernel/network.js';
import { queryType, reverseName } from '../nslookup/records.js';

/** What one question of dig's line is asked with, and what of the answer is shown. */
export interface DigOptions {
  server: string | undefined;
  port: number;
  type: DnsType;
  tries: number;
  seconds: number;
  search: boolean;
  domain: string | undefined;
  tcp: boolean;
  edns: boolean;
  cookie: boolean;
  udpSize: number;
  ignoreTruncation: boolean;
  short: boolean;
  trace: boolean;
  cmd: boolean;
  comments: boolean;
  question: boolean;
  answer: boolean;
  authority: boolean;
  additional: boolean;
  stats: boolean;
  ttl: boolean;
  class: boolean;
}

/** One question: the name, and its options. */
export interface DigQuery {
  readonly name: string;
  readonly options: DigOptions;
}

/** A line that dig does not understand: what it says, and its exit status. */
export class DigUsage extends Error {}

export interface DigLine {
  readonly queries: readonly DigQuery[];
  /** What it says before it asks. */
  readonly warnings: readonly string[];
  /** Prints the version only. */
  readonly version: boolean;
}

const SECTIONS = ['cmd', 'comments', 'question', 'answer', 'authority', 'additional', 'stats'] as const;
/** Switches that are known and change nothing here. */
const IGNORED = new Set(
  (
    'aaflag aaonly adflag all badcookie besteffort bufsize cdflag cl class crypto defname dns64prefix dnssec do ' +
    'ednsflags ednsnegotiation ednsopt expandaaaa expire fail header-only identify idnin idnout keepalive keepopen ' +
    'mapped multiline nsid nssearch onesoa opcode padding qid qr raflag rdflag recurse retry rrcomments split subnet ' +
    'showsearch showbadcookie tcflag tls ttlunits unknownformat yaml zflag'
  ).split(' '),
);

const USAGE = `Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
            {global-d-opt} host [@local-server] {local-d-opt}
            [ host [@local-server] {local-d-opt} [...]]

Use "dig -h" (or "dig -h | more") for complete list of options
`;

function defaults(): DigOptions {
  return {
    server: undefined,
    port: 53,
    type: 'A',
    tries: 3,
    seconds: 5,
    search: false,
    domain: undefined,
    tcp: false,
    edns: true,
    cookie: true,
    udpSize: 1232,
    ignoreTruncation: false,
    short: false,
    trace: false,
    cmd: true,
    comments: true,
    question: true,
    answer: true,
    authority: true,
    additional: true,
    stats: true,
    ttl: true,
    class: true,
  };
}

/** Reads dig's words: those before the first name are for all questions, the others for the one before them. */
export function readDigLine(args: readonly string[]): DigLine {
  const global = defaults();
  const queries: { name: string; options: DigOptions }[] = [];
  const warnings: string[] = [];
  const state = { version: false };
  const current = (): DigOptions => queries.at(-1)?.options ?? global;
  const add = (name: string, type?: DnsType): void => {
    queries.push({ name, options: { ...global, ...(type ? { type } : {}) } });
  };
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] as string;
    const following = (): string => {
      at += 1;
      return args[at] ?? usage();
    };
    if (word.startsWith('@')) current().server = word.slice(1);
    else if (word.startsWith('+')) plus(word, current());
    else if (word.startsWith('-') && word.length > 1) flag(word, following, { current, add, warnings, state });
    else {
      const type = queryType(word);
      const last = queries.at(-1);
      if (type && last) last.options.type = type;
      else if (type && !last) global.type = type;
      else if (/^(?:in|ch|hs)$/i.test(word) && last) continue;
      else add(word);
    }
  }
  if (queries.length === 0)
    queries.push({ name: '.', options: { ...global, type: global.type === 'A' ? 'NS' : global.type } });
  return { queries, warnings, version: state.version };
}

function usage(first = ''): never {
  throw new DigUsage(`${first}${USAGE}`);
}

interface FlagContext {
  current(): DigOptions;
  add(name: string, type?: DnsType): void;
  readonly warnings: string[];
  readonly state: { version: boolean };
}

/** `-p 53` and `-p53` are the same. */
function flag(word: string, following: () => string, { current, add, warnings, state }: FlagContext): void {
  const letter = word[1] as string;
  if (letter === 'v') state.version = true;
  else if (letter === 'h') usage();
  else if ('46dimru'.includes(letter)) return;
  else if ('bcfkptqxy'.includes(letter)) {
    const value = word.length > 2 ? word.slice(2) : following();
    if (letter === 'p') current().port = Number(value);
    else if (letter === 'q') add(value);
    else if (letter === 'x') add(`${reverseName(value) ?? value}`, 'PTR');
    else if (letter === 't') {
      const type = queryType(value);
      if (type) current().type = type;
      else warnings.push(`;; Warning, ignoring invalid type ${value}\n`);
    }
  } else usage(`Invalid option: ${word}\n`);
}

function plus(word: string, options: DigOptions): void {
  const [given = '', value = ''] = word.slice(1).split('=');
  const on = !given.startsWith('no');
  const name = on ? given : given.slice(2);
  const section = SECTIONS.find((one) => one === name);
  if (section) {
    options[section] = on;
    return;
  }
  if (name === 'all') {
    // All that is shown of an answer; the line about the question comes back by its own name alone.
    for (const one of SECTIONS) if (one !== 'cmd' || !on) options[one] = on;
    return;
  }
  if (!setOption(name, on, value, options) && !IGNORED.has(name)) usage(`Invalid option: ${word}\n`);
}

function setOption(name: string, on: boolean, value: string, options: DigOptions): boolean {
  switch (name) {
    case 'short':
      options.short = on;
      return true;
    case 'search':
    case 'defname':
      options.search = on;
      return true;
    case 'domain':
      options.domain = value;
      options.search = true;
      return true;
    case 'ndots':
      return true;
    case 'tcp':
    case 'vc':
      options.tcp = on;
      return true;
    case 'time':
    case 'timeout':
      options.seconds = Math.max(Number(value) || 1, 1);
      return true;
    case 'tries':
      options.tries = Math.max(Number(value) || 1, 1);
      return true;
    case 'retry':
      options.tries = (Number(value) || 0) + 1;
      return true;
    case 'edns':
      options.edns = on;
      return true;
    case 'cookie':
      options.cookie = on;
      return true;
    case 'bufsize':
      options.udpSize = Number(value) || 1232;
      return true;
    case 'ignore':
      options.ignoreTruncation = on;
      return true;
    case 'trace':
      options.trace = on;
      return true;
    case 'ttlid':
    case 'ttl':
      options.ttl = on;
      return true;
    case 'cl':
    case 'class':
      options.class = on;
      return true;
    default:
      return false;
  }
}
