import type { DnsQuestion, DnsRecord } from '../../../kernel/network.js';
import { CorefileError } from '../corefile/tokens.js';
import { zoneName } from '../corefile/zone-name.js';
import type { DnsReply, PluginSetup } from '../plugin.js';
import { findGroups, groupCount } from './pattern.js';
import { changeRecord, readNameRule } from './rewrite-names.js';
import { dnsCode, dnsType } from './words.js';

/** What a rule makes of a question, and of the answer to it; undefined where it does not fit. */
interface Change {
  readonly question?: Partial<Pick<DnsQuestion, 'name' | 'type' | 'class'>>;
  readonly answer?: (reply: DnsReply) => DnsReply;
}

interface Rule {
  readonly goOn: boolean;
  apply(question: DnsQuestion): Change | undefined;
}

/** The rewrite plugin: questions changed before others see them, and what of that the answers show. */
export const rewrite: PluginSetup = ({ words }) => {
  const rules: Rule[] = [];
  while (words.next()) {
    const args = words.remaining();
    if (args.length < 2) while (words.nextInBlock()) args.push(words.value);
    rules.push(readRule(args));
  }
  return (next) =>
    function* answer(query) {
      let question = query.question;
      const back: ((reply: DnsReply) => DnsReply)[] = [];
      for (const rule of rules) {
        const change = rule.apply(question);
        if (!change) continue;
        question = { ...question, ...change.question };
        if (change.answer) back.unshift(change.answer);
        if (!rule.goOn) break;
      }
      const reply = yield* next({ ...query, question });
      return back.reduce((sum, change) => change(sum), reply);
    };
};

function readRule(args: readonly string[]): Rule {
  const [first] = args;
  if (first === undefined) throw new CorefileError('no rule type specified for rewrite');
  const mode = first.toLowerCase();
  const moded = mode === 'continue' || mode === 'stop';
  if (moded && args.length < 2) throw new CorefileError(`${mode} rule must begin with a rule type`);
  const [type = '', ...rest] = moded ? args.slice(1) : args;
  const goOn = mode === 'continue';
  switch (type.toLowerCase()) {
    case 'answer':
      throw new CorefileError('response rewrites must begin with a name rule');
    case 'name':
      return { goOn, apply: nameRule(rest) };
    case 'class':
      return { goOn, apply: classRule(rest) };
    case 'type':
      return { goOn, apply: typeRule(rest) };
    case 'ttl':
      return { goOn, apply: ttlRule(rest) };
    case 'rcode':
      return { goOn, apply: codeRule(rest) };
    // Options of packets, which nobody here sends, and targets of aliases found elsewhere.
    case 'edns0':
    case 'cname':
      return { goOn, apply: () => undefined };
    default:
      throw new CorefileError(`invalid rule type ${JSON.stringify(first)}`);
  }
}

function nameRule(args: readonly string[]): Rule['apply'] {
  const rule = readNameRule(args);
  return (question) => {
    const found = rule(question.name.toLowerCase());
    if (!found) return undefined;
    const change = (record: DnsRecord): DnsRecord => found.answers.reduce(changeRecord, record);
    return {
      question: { name: found.name },
      answer: (reply) => ({
        ...reply,
        records: reply.records.map(change),
        ...(reply.authority ? { authority: reply.authority.map(change) } : {}),
        ...(reply.additional ? { additional: reply.additional.map(change) } : {}),
      }),
    };
  };
}

function typeRule(args: readonly string[]): Rule['apply'] {
  if (args.length !== 2) throw new CorefileError('type rules must have exactly two arguments');
  const [from, to] = args.map((word) => {
    const type = dnsType(word.toUpperCase());
    if (!type) throw new CorefileError(`invalid type ${JSON.stringify(word.toUpperCase())}`);
    return type;
  });
  return ({ type }) => (type === from ? { question: { type: to as DnsQuestion['type'] } } : undefined);
}

const CLASSES = ['IN', 'CH', 'HS', 'ANY'];

function classRule(args: readonly string[]): Rule['apply'] {
  if (args.length !== 2) throw new CorefileError('class rules must have exactly two arguments');
  const [from, to] = args.map((word) => {
    if (!CLASSES.includes(word.toUpperCase()))
      throw new CorefileError(`invalid class ${JSON.stringify(word.toUpperCase())}`);
    return word.toUpperCase();
  });
  return (question) => {
    if ((question.class ?? 'IN') !== from) return undefined;
    return { question: { class: (to === 'IN' ? undefined : to) as 'CH' } };
  };
}

/** Which names a `ttl` or `rcode` rule is about. */
function matcher(args: readonly string[], rule: string): { fits: (name: string) => boolean; rest: readonly string[] } {
  const kinds = ['exact', 'prefix', 'suffix', 'substring', 'regex'];
  const own = kinds.includes(args[0]?.toLowerCase() ?? '');
  const kind = own ? (args[0] as string).toLowerCase() : 'exact';
  const [source = '', ...rest] = own ? args.slice(1) : args;
  const name = zoneName(source);
  if (kind === 'regex' && groupCount(source) === undefined)
    throw new CorefileError(`invalid regex pattern in a ${rule} rule: ${source}`);
  const fits = (asked: string): boolean => {
    if (kind === 'prefix') return asked.startsWith(source.toLowerCase());
    if (kind === 'suffix') return asked.endsWith(name);
    if (kind === 'substring') return asked.includes(source.toLowerCase());
    return kind === 'regex' ? findGroups(source, asked) !== undefined : asked === name;
  };
  return { fits, rest };
}

/** `30`, `-60`, `30-`, `30-60`: the least and the most seconds a record may live. */
function ttlRule(args: readonly string[]): Rule['apply'] {
  if (args.length < 2) throw new CorefileError(`too few (${args.length}) arguments for a ttl rule`);
  const { fits, rest } = matcher(args, 'ttl');
  const [text = ''] = rest;
  if (rest.length > 1) throw new CorefileError('many few arguments for a ttl rule');
  const [, first, dash, last] = /^(\d*)(-?)(\d*)$/.exec(text) ?? [];
  if (first === undefined || (first === '' && last === '')) {
    throw new CorefileError(`invalid TTL '${text}' for a ttl rule`);
  }
  const least = first === '' ? 0 : Number(first);
  const most = dash === '' ? least : last === '' ? 2_147_483_647 : Number(last);
  const change = (record: DnsRecord): DnsRecord => ({ ...record, ttl: Math.min(Math.max(record.ttl, least), most) });
  return ({ name }) =>
    fits(name.toLowerCase()) ? { answer: (reply) => ({ ...reply, records: reply.records.map(change) }) } : undefined;
}

function codeRule(args: readonly string[]): Rule['apply'] {
  if (args.length < 3) throw new CorefileError(`too few (${args.length}) arguments for a rcode rule`);
  const { fits, rest } = matcher(args, 'rcode');
  const [from = '', to = ''] = rest;
  const [old, fresh] = [dnsCode(from.toUpperCase()), dnsCode(to.toUpperCase())];
  if (!old) throw new CorefileError(`invalid matching RCODE '${from}' for a rcode rule`);
  if (!fresh) throw new CorefileError(`invalid replacement RCODE '${to}' for a rcode rule`);
  return ({ name }) =>
    fits(name.toLowerCase())
      ? { answer: (reply) => (reply.code === old ? { ...reply, code: fresh } : reply) }
      : undefined;
}
