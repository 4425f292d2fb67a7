/** A line of a Corefile: a directive, its arguments, and what stands in its braces. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly block: readonly Directive[];
  readonly line: number;
}

/** One server: the zones it answers for, its port, its plugins in the order written. */
export interface ServerBlock {
  readonly zones: readonly string[];
  readonly port: number;
  readonly plugins: readonly Directive[];
}

/** A Corefile that CoreDNS would not start with; the message is what it prints. */
export class CorefileError extends Error {}

/** Plugins compiled into CoreDNS 1.12; any other name is an unknown directive. */
const KNOWN = new Set(
  (
    'acl any auto autopath azure bind bufsize cache cancel chaos clouddns debug dns64 dnssec dnstap erratic errors etcd file ' +
    'forward geoip grpc grpc_server header health hosts import k8s_external kubernetes loadbalance local log loop metadata ' +
    'minimal multisocket nomad nsid pprof prometheus quic ready reload rewrite root route53 secondary sign template ' +
    'timeouts tls trace transfer tsig tunnel view whoami'
  ).split(' '),
);

interface Token {
  readonly text: string;
  readonly line: number;
}

/**
 * Reads a Corefile as CoreDNS does. Environment variables (`{$NAME}`) are put in by the caller. Throws `CorefileError`
 * in the words `plugin.Error`/caddyfile use, `path` being the file's name in them.
 */
export function parseCorefile(text: string, path = 'Corefile'): ServerBlock[] {
  const tokens = tokenize(text);
  const servers: ServerBlock[] = [];
  let at = 0;
  while (at < tokens.length) {
    const keys: Token[] = [];
    while (at < tokens.length && tokens[at]?.text !== '{') {
      keys.push(tokens[at] as Token);
      at += 1;
    }
    const last = keys.at(-1) ?? { text: '', line: 1 };
    if (at >= tokens.length)
      throw new CorefileError(`${path}:${last.line} - Error during parsing: Unexpected end of file, expecting '{'`);
    const [plugins, next] = parseBlock(tokens, at + 1, path, true);
    servers.push(...serversOf(keys, plugins, path));
    at = next;
  }
  return servers;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  text.split('\n').forEach((source, index) => {
    for (const match of source.matchAll(/"((?:[^"\\]|\\.)*)"|(#.*)|(\S+)/g)) {
      if (match[2] !== undefined) break;
      tokens.push({
        text: match[1] !== undefined ? match[1].replaceAll('\\"', '"') : (match[3] as string),
        line: index + 1,
      });
    }
  });
  return tokens;
}

function parseBlock(tokens: readonly Token[], from: number, path: string, top: boolean): [Directive[], number] {
  const directives: Directive[] = [];
  let at = from;
  for (;;) {
    const token = tokens[at];
    if (!token) {
      const line = tokens.at(-1)?.line ?? 1;
      throw new CorefileError(`${path}:${line} - Error during parsing: Unexpected end of file, expecting '}'`);
    }
    if (token.text === '}') return [directives, at + 1];
    if (top && !KNOWN.has(token.text)) {
      throw new CorefileError(`${path}:${token.line} - Error during parsing: Unknown directive '${token.text}'`);
    }
    const args: string[] = [];
    at += 1;
    while (tokens[at]?.line === token.line && tokens[at]?.text !== '{' && tokens[at]?.text !== '}') {
      args.push((tokens[at] as Token).text);
      at += 1;
    }
    let block: Directive[] = [];
    if (tokens[at]?.text === '{' && tokens[at]?.line === token.line)
      [block, at] = parseBlock(tokens, at + 1, path, false);
    directives.push({ name: token.text, args, block, line: token.line });
  }
}

function serversOf(keys: readonly Token[], plugins: readonly Directive[], path: string): ServerBlock[] {
  const byPort = new Map<number, string[]>();
  for (const { text, line } of keys) {
    const match = /^(?:dns:\/\/)?([^:]*)(?::(\d+))?,?$/.exec(text);
    if (!match) throw new CorefileError(`${path}:${line} - Error during parsing: invalid zone or port: ${text}`);
    const port = Number(match[2] ?? 53);
    byPort.set(port, [...(byPort.get(port) ?? []), zoneName(match[1] || '.')]);
  }
  return [...byPort].map(([port, zones]) => ({ zones, port, plugins }));
}

/** A zone's name in lower case with its final dot. */
export function zoneName(text: string): string {
  const lower = text.toLowerCase();
  return lower.endsWith('.') ? lower : `${lower}.`;
}

/** Whether a name lies in a zone (both with their final dot). */
export function inZone(name: string, zone: string): boolean {
  return zone === '.' || name === zone || name.endsWith(`.${zone}`);
}
