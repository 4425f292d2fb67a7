import { answerLength, questionLength } from '../../../client/dns-length.js';
import { SECOND } from '../../../kernel/time.js';
import { CorefileError } from '../corefile/tokens.js';
import { inZone, zoneName } from '../corefile/zone-name.js';
import type { DnsQuery, DnsReply, PluginSetup } from '../plugin.js';
import { kindOf } from './cache.js';

const COMMON =
  '{remote}:{port} - {>id} "{type} {class} {name} {proto} {size} {>do} {>bufsize}" {rcode} {>rflags} {rsize} {duration}';
const COMBINED = `${COMMON} "{>opcode}"`;
const CLASSES = ['all', 'success', 'denial', 'error'];

interface Rule {
  readonly zone: string;
  readonly format: string;
  readonly classes: readonly string[];
}

/** The log plugin: a line for every question of the classes and zones that are asked for. */
export const log: PluginSetup = ({ words, sys, log: write }) => {
  const rules: Rule[] = [];
  while (words.next()) {
    const args = words.remaining();
    const last = args.at(-1) ?? '';
    const format = last.includes('{') ? last.replaceAll('{common}', COMMON).replaceAll('{combined}', COMBINED) : COMMON;
    const names = last.includes('{') ? args.slice(0, -1) : args;
    const classes: string[] = [];
    while (words.nextInBlock()) {
      if (words.value !== 'class') words.wrongCount();
      const given = words.remaining();
      if (given.length === 0) words.wrongCount();
      const unknown = given.find((one) => !CLASSES.includes(one.toLowerCase()));
      if (unknown !== undefined) throw new CorefileError(`invalid Class: ${unknown}`);
      classes.push(...given.map((one) => one.toLowerCase()));
    }
    for (const name of names.length > 0 ? names : ['.']) {
      rules.push({ zone: zoneName(name), format, classes: classes.length > 0 ? classes : ['all'] });
    }
  }
  const ids = sys.random().fork('log');
  return (next) =>
    function* answer(query) {
      const rule = rules.find(({ zone }) => inZone(query.question.name.toLowerCase(), zone));
      const started = sys.now();
      const reply = yield* next(query);
      if (rule && (rule.classes.includes('all') || rule.classes.includes(classOf(reply)))) {
        const id = ids.below(65_536);
        write(`[INFO] ${line(rule.format, query, reply, (sys.now() - started) / SECOND, id)}`);
      }
      return reply;
    };
};

/** What the log sees is what was written: nothing, where a code alone came back. */
function classOf(reply: DnsReply): string {
  const kind = reply.unwritten ? 'other' : kindOf(reply);
  return kind === 'success' || kind === 'denial' ? kind : 'error';
}

function line(
  format: string,
  { question, protocol, client }: DnsQuery,
  reply: DnsReply,
  seconds: number,
  id: number,
): string {
  const values: Readonly<Record<string, string>> = {
    remote: client.address.includes(':') ? `[${client.address}]` : client.address,
    port: `${client.port}`,
    '>id': `${id}`,
    type: question.type,
    class: question.class ?? 'IN',
    name: question.name.toLowerCase(),
    proto: protocol,
    size: `${questionLength(question)}`,
    '>do': 'false',
    '>bufsize': `${question.udpSize ?? 512}`,
    rcode: reply.unwritten ? '-' : reply.code,
    '>rflags': reply.unwritten ? '-' : flags(reply),
    rsize: reply.unwritten ? '0' : `${answerLength(withoutEdns(question), reply)}`,
    duration: `${seconds.toFixed(9).replace(/0+$/, '').replace(/\.$/, '')}s`,
    '>opcode': '0',
  };
  return format.replace(/\{(>?[a-z]+)\}/g, (all, name: string) => values[name] ?? all);
}

/** What plugins write has no EDNS yet: the server puts it in last. */
function withoutEdns({ name, type }: DnsQuery['question']): DnsQuery['question'] {
  return { name, type };
}

function flags({ authoritative, truncated, recursive }: DnsReply): string {
  return [
    'qr',
    ...(authoritative ? ['aa'] : []),
    ...(truncated ? ['tc'] : []),
    'rd',
    ...(recursive ? ['ra'] : []),
  ].join(',');
}
