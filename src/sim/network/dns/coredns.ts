import { createClient } from '../../client/create-client.js';
import { inClusterConfig, NotInClusterError } from '../../client/in-cluster.js';
import { InformerFactory } from '../../client/informer-factory.js';
import { connectTransport } from '../../client/transport.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { HttpResponse, Listener, Message } from '../../kernel/network.js';
import type { Program, Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import { clusterCache } from './cluster-cache.js';
import { CorefileError, parseCorefile, type ServerBlock } from './corefile.js';
import { buildServers, type ZoneServer } from './server.js';

const VERSION = 'CoreDNS-1.14.2\nlinux/amd64, go1.26.1, \n';
/** The reload plugin looks every 30 s, give or take half of 15 s of jitter. */
const RELOAD_INTERVAL = 30 * SECOND;
const RELOAD_JITTER = 15 * SECOND;

type Cache = ReturnType<typeof clusterCache>;

/** CoreDNS: answers as its Corefile says, from what its watches know of the cluster. */
export const coredns: Program = function* coredns(sys) {
  if (sys.args.some((arg) => arg === '-version' || arg === '--version')) {
    yield* sys.write(1, VERSION);
    return 0;
  }
  const server = new DnsServer(sys);
  const problem = server.load();
  if (problem !== undefined) {
    yield* sys.write(1, `${problem}\n`);
    return 1;
  }
  yield* sys.write(
    1,
    `${server.zonesText()}[INFO] plugin/reload: Running configuration SHA512 = ${server.checksum()}\n${VERSION}`,
  );
  const random = sys.random();
  for (;;) {
    if (!server.has('reload')) {
      yield new WaitQueue();
      continue;
    }
    yield* sys.sleep(RELOAD_INTERVAL - RELOAD_JITTER / 2 + random.below(RELOAD_JITTER));
    const line = server.reload();
    if (line !== undefined) yield* sys.write(1, `${line}\n`);
  }
};

/** One running CoreDNS: its listeners, and the plugins its Corefile asked for. */
class DnsServer {
  private readonly sys: Sys;
  private readonly path: string;
  private text = '';
  private blocks: readonly ServerBlock[] = [];
  private listeners: Listener[] = [];
  private cache: Cache | undefined;
  private informers: InformerFactory | undefined;
  private readonly lines: string[] = [];
  private readonly logged = new WaitQueue();

  constructor(sys: Sys) {
    this.sys = sys;
    const at = sys.args.indexOf('-conf');
    this.path = at >= 0 ? (sys.args[at + 1] ?? 'Corefile') : 'Corefile';
    sys.thread(() => this.writeLog());
  }

  /** Reads the Corefile and begins to serve; the message CoreDNS ends with when it cannot. */
  load(): string | undefined {
    let text: string;
    try {
      text = decodeText(this.sys.readFile(this.path));
    } catch (error) {
      if (isErrno(error)) return `loading Caddyfile via flag: open ${this.path}: ${error.message.toLowerCase()}`;
      throw error;
    }
    return this.apply(text);
  }

  /** Takes a changed Corefile; what it logs about that. A bad one leaves everything as it was. */
  reload(): string | undefined {
    let text: string;
    try {
      text = decodeText(this.sys.readFile(this.path));
    } catch (error) {
      if (isErrno(error)) return undefined;
      throw error;
    }
    if (text === this.text) return undefined;
    const before = { text: this.text, blocks: this.blocks };
    const problem = this.apply(text);
    if (problem === undefined)
      return `[INFO] Reloading\n[INFO] plugin/reload: Running configuration SHA512 = ${this.checksum()}\n[INFO] Reloading complete`;
    Object.assign(this, before);
    return `[INFO] Reloading\n[ERROR] Restart failed: ${problem}\n[ERROR] plugin/reload: Corefile changed but reload failed: ${problem}`;
  }

  has(plugin: string): boolean {
    return this.blocks.some(({ plugins }) => plugins.some(({ name }) => name === plugin));
  }

  zonesText(): string {
    return this.blocks.flatMap(({ zones, port }) => zones.map((zone) => `${zone}:${port}\n`)).join('');
  }

  /** Stands for the SHA-512 of the configuration: equal texts have equal sums. */
  checksum(): string {
    let hash = 0xcbf29ce484222325n;
    for (const character of this.text)
      hash = BigInt.asUintN(64, (hash ^ BigInt(character.codePointAt(0) ?? 0)) * 0x100000001b3n);
    return hash.toString(16).padStart(16, '0').repeat(8);
  }

  private apply(text: string): string | undefined {
    try {
      const blocks = parseCorefile(text, this.path);
      const servers = buildServers(blocks, {
        sys: this.sys,
        path: this.path,
        clusterView: () => this.clusterView(blocks),
        log: (line) => this.log(line),
      });
      this.text = text;
      this.blocks = blocks;
      this.listen(servers);
      return undefined;
    } catch (error) {
      if (error instanceof CorefileError || error instanceof NotInClusterError) return error.message;
      if (isErrno(error, 'EADDRINUSE')) return `Listen: listen tcp :53: bind: ${error.message.toLowerCase()}`;
      throw error;
    }
  }

  private clusterView(blocks: readonly ServerBlock[]): Cache {
    if (this.cache) return this.cache;
    const verified = blocks.some(({ plugins }) =>
      plugins.some(
        ({ name, block }) =>
          name === 'kubernetes' && block.some((option) => option.name === 'pods' && option.args[0] === 'verified'),
      ),
    );
    const client = createClient(connectTransport(this.sys, inClusterConfig(this.sys)), { userAgent: 'coredns/1.14.2' });
    this.informers = new InformerFactory(this.sys, client);
    this.cache = clusterCache(this.informers, verified);
    this.informers.start();
    return this.cache;
  }

  private listen(servers: readonly ZoneServer[]): void {
    for (const listener of this.listeners) listener.close();
    this.listeners = [];
    for (const server of servers) {
      const handler = (message: Message) => answerDns(server, message);
      for (const protocol of ['udp', 'tcp'] as const) {
        this.listeners.push(this.sys.listen({ port: server.port, protocol, application: 'dns', handler }));
      }
    }
    this.listenForProbes('health', 8080, '/health', () => true);
    this.listenForProbes('ready', 8181, '/ready', () => this.cache?.synced() !== false);
    this.listenForProbes('prometheus', 9153, '/metrics', () => true);
  }

  private listenForProbes(plugin: string, port: number, path: string, ok: () => boolean): void {
    const directive = this.blocks.flatMap(({ plugins }) => plugins).find(({ name }) => name === plugin);
    if (!directive) return;
    const chosen = Number(/:(\d+)$/.exec(directive.args[0] ?? '')?.[1] ?? port);
    const handler = function* (message: Message): Waiting<Message> {
      if (message.kind !== 'http' || message.target !== path) return response(404, '404 page not found\n');
      return ok() ? response(200, 'OK') : response(503, 'kubernetes');
    };
    this.listeners.push(this.sys.listen({ port: chosen, application: 'http', handler }));
  }

  private log(line: string): void {
    this.lines.push(line);
    this.logged.wakeAll();
  }

  private *writeLog(): Waiting<void> {
    for (;;) {
      const line = this.lines.shift();
      if (line === undefined) yield this.logged;
      else yield* this.sys.write(1, `${line}\n`);
    }
  }
}

function* answerDns(server: ZoneServer, message: Message): Waiting<Message> {
  if (message.kind !== 'dns') return { kind: 'dns-answer', code: 'REFUSED', authoritative: false, records: [] };
  return { kind: 'dns-answer', ...(yield* server.answer(message.question)) };
}

function response(status: number, text: string): { kind: 'http-response' } & HttpResponse {
  return {
    kind: 'http-response',
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: Buffer.from(text),
  };
}
