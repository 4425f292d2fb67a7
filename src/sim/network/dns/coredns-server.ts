import { createClient } from '../../client/create-client.js';
import { answerLength } from '../../client/dns-length.js';
import { inClusterConfig, NotInClusterError } from '../../client/in-cluster.js';
import { InformerFactory } from '../../client/informer-factory.js';
import { connectTransport } from '../../client/transport.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { DnsQuestion, HttpResponse, Listener, Message, Peer } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import { clusterCache } from './cluster-cache.js';
import type { ClusterOptions, ClusterView } from './cluster-view.js';
import { readGlob } from './corefile/import-files.js';
import { parseCorefile } from './corefile/parse-corefile.js';
import { CorefileError } from './corefile/tokens.js';
import { DnsMetrics } from './dns-metrics.js';
import { type DnsReply, type HttpText, onlyCode, type ServerContext } from './plugin.js';
import { buildServers, type PortServer } from './server.js';

const [VERSION, GO, REVISION] = ['1.14.2', 'go1.26.1', 'dd1df4f'];
export const VERSION_TEXT = `CoreDNS-${VERSION}\nlinux/amd64, ${GO}, ${REVISION}\n`;
/** What is served where no Corefile is. */
const DEFAULT_COREFILE = '.:53 {\nwhoami\nlog\n}\n';
const UDP_BYTES = 512;

/** One configuration that is in force, or is about to be. */
interface Running {
  readonly text: string;
  readonly servers: readonly PortServer[];
  readonly listeners: Listener[];
  readonly http: { plugin: string; address: string; paths: Readonly<Record<string, () => HttpText>> }[];
  readonly starts: (() => Waiting<void>)[];
  readonly work: (() => Waiting<void>)[];
  readonly ready: Map<string, () => boolean>;
  reload: { interval: Micros; jitter: Micros } | undefined;
  live: boolean;
}

/** One running CoreDNS: the configuration in force, its listeners, its log. */
export class CoreDnsServer {
  private readonly sys: Sys;
  private readonly path: string;
  private readonly metrics = new DnsMetrics(VERSION, GO, REVISION);
  private running: Running | undefined;
  private readonly lines: string[] = [];
  private readonly logged = new WaitQueue();
  private readonly dead = new WaitQueue();
  private fatal = false;
  private readonly views = new Map<string, ClusterView>();

  constructor(sys: Sys, path: string) {
    this.sys = sys;
    this.path = path;
    sys.thread(() => this.writeLog());
  }

  /** Reads the Corefile and begins to serve; the message CoreDNS ends with when it cannot. */
  *start(): Waiting<string | undefined> {
    let text: string;
    try {
      text = decodeText(this.sys.readFile(this.path));
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (this.path === 'Corefile' && isErrno(error, 'ENOENT')) text = DEFAULT_COREFILE;
      else return `loading Caddyfile via flag: open ${this.path}: ${error.message.toLowerCase()}`;
    }
    const problem = yield* this.apply(text);
    if (problem !== undefined) return problem;
    this.tellZones();
    this.lines.push(...VERSION_TEXT.trimEnd().split('\n'));
    this.logged.wakeAll();
    return undefined;
  }

  /** Looks at the Corefile as often as it says, until something is fatal. */
  *run(): Waiting<void> {
    const random = this.sys.random();
    while (!this.fatal) {
      const reload = this.running?.reload;
      if (!reload) {
        yield this.dead;
        continue;
      }
      const jitter = reload.jitter === 0 ? 0 : random.below(reload.jitter) - Math.floor(reload.jitter / 2);
      yield { until: this.sys.now() + reload.interval + jitter, queues: [this.dead] };
      if (!this.fatal) yield* this.reload();
    }
    while (this.lines.length > 0) yield* this.sys.write(1, `${this.lines.shift()}\n`);
  }

  /** Takes a changed Corefile. A bad one leaves everything as it was, and is not tried again. */
  private *reload(): Waiting<void> {
    const before = this.running as Running;
    let text: string;
    try {
      text = decodeText(this.sys.readFile(this.path));
    } catch (error) {
      if (isErrno(error)) return;
      throw error;
    }
    if (text === this.lastText) return;
    this.lastText = text;
    this.log('[INFO] Reloading');
    const problem = yield* this.apply(text);
    if (problem === undefined) {
      this.tellZones(false);
      this.log('[INFO] Reloading complete');
      return;
    }
    this.running = before;
    this.metrics.reloadFailed();
    this.log(`[ERROR] Restart failed: ${problem}`);
    this.log(`[ERROR] plugin/reload: Corefile changed but reload failed: ${problem}`);
  }

  private lastText = '';

  private tellZones(first = true): void {
    const { servers, reload } = this.running as Running;
    if (first) for (const { zones, port } of servers) for (const zone of zones) this.log(`${zone}:${port}`);
    if (reload) this.log(`[INFO] plugin/reload: Running configuration SHA512 = ${checksum(this.lastText)}`);
  }

  /** Puts a configuration into force; undefined, or why that cannot be. */
  private *apply(text: string): Waiting<string | undefined> {
    const next: Running = {
      text,
      servers: [],
      listeners: [],
      http: [],
      starts: [],
      work: [],
      ready: new Map(),
      reload: undefined,
      live: true,
    };
    const before = this.running;
    try {
      const blocks = parseCorefile(text, this.path, {
        environment: this.sys.environment,
        imported: (pattern) => readGlob(this.sys, this.path, pattern),
      });
      const servers = buildServers(blocks, this.path, this.context(next));
      (next as { servers: readonly PortServer[] }).servers = servers;
      for (const start of next.starts) yield* start();
      this.stop(before);
      this.running = next;
      this.lastText = text;
      this.listen(next);
      for (const work of next.work) this.background(next, work);
      return undefined;
    } catch (error) {
      next.live = false;
      if (error instanceof CorefileError) return error.message;
      if (error instanceof NotInClusterError) return `plugin/kubernetes: ${error.message}`;
      if (isErrno(error, 'EADDRINUSE')) {
        this.stop(next);
        return `Listen: listen tcp :${next.servers[0]?.port ?? 53}: bind: address already in use`;
      }
      throw error;
    }
  }

  private context(next: Running): ServerContext {
    return {
      sys: this.sys,
      metrics: this.metrics,
      clusterView: (options) => this.clusterView(options),
      log: (line) => this.log(line),
      die: (line) => this.die(line),
      onStart: (start) => next.starts.push(start),
      background: (work) => (this.running === next ? this.background(next, work) : next.work.push(work)),
      serve: (plugin, address, paths) => next.http.push({ plugin, address, paths }),
      readiness: (plugin, ready) => next.ready.set(plugin, ready),
      unready: () => [...next.ready].filter(([, ready]) => !ready()).map(([plugin]) => plugin),
      reloadEvery: (interval, jitter) => {
        next.reload = { interval, jitter };
      },
      *ask(query) {
        const server = next.servers.find(({ port }) => query.server.endsWith(`:${port}`));
        const hops = (query.question.hops ?? 0) + 1;
        if (!server || hops > 8) return onlyCode('SERVFAIL');
        return yield* server.answer({ ...query, question: { ...query.question, hops } });
      },
    };
  }

  /** One set of watches for all server blocks that want to know the same. */
  private clusterView(options: ClusterOptions): ClusterView {
    const key = JSON.stringify(options);
    const known = this.views.get(key);
    if (known) return known;
    const transport = connectTransport(this.sys, inClusterConfig(this.sys));
    const informers = new InformerFactory(this.sys, createClient(transport, { userAgent: `CoreDNS/${VERSION}` }));
    const view = clusterCache(informers, options, () => this.sys.now());
    informers.start();
    this.views.set(key, view);
    return view;
  }

  private listen(running: Running): void {
    for (const server of running.servers) {
      for (const { zone, name } of server.plugins) this.metrics.enabled(`dns://:${server.port}`, zone, name);
      for (const protocol of ['udp', 'tcp'] as const) {
        const handler = (message: Message, peer: Peer) => this.answer(server, message, peer, protocol);
        running.listeners.push(this.sys.listen({ port: server.port, protocol, application: 'dns', handler }));
      }
    }
    for (const { address, paths } of running.http) {
      const [, host = '', port = '0'] = /^(.*):(\d+)$/.exec(address) ?? [];
      const local = host === 'localhost' ? '127.0.0.1' : host;
      const handler = function* (message: Message): Waiting<Message> {
        const asked = message.kind === 'http' ? paths[message.target.replace(/\?.*$/, '')] : undefined;
        return httpAnswer(asked?.() ?? { status: 404, text: '404 page not found\n' });
      };
      const spec = { port: Number(port), application: 'http' as const, handler };
      running.listeners.push(this.sys.listen(local === '' ? spec : { ...spec, address: local }));
    }
  }

  private stop(running: Running | undefined): void {
    if (!running) return;
    running.live = false;
    for (const listener of running.listeners) listener.close();
    running.listeners.length = 0;
  }

  private *answer(server: PortServer, message: Message, peer: Peer, protocol: 'udp' | 'tcp'): Waiting<Message> {
    if (message.kind !== 'dns') return { kind: 'dns-answer', code: 'FORMERR', authoritative: false, records: [] };
    const { question } = message;
    const query = { question, protocol, client: peer.address, server: `dns://:${server.port}` };
    const reply = yield* server.answer(query);
    // A question that is dropped is never answered: whoever asked stops waiting by himself.
    if (reply.dropped) yield new WaitQueue();
    this.metrics.answered({ ...query, zone: zoneOf(server, question.name) }, reply);
    return { kind: 'dns-answer', ...written(reply, message.question, protocol) };
  }

  private background(running: Running, work: () => Waiting<void>): void {
    this.sys.thread(() => whileLive(running, work()));
  }

  private die(line: string): void {
    this.log(line);
    this.fatal = true;
    this.dead.wakeAll();
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

function* whileLive(running: Running, work: Waiting<void>): Waiting<void> {
  for (let step = work.next(); !step.done && running.live; step = work.next()) yield step.value;
}

function zoneOf({ zones }: PortServer, name: string): string {
  const fits = zones.filter((zone) => zone === '.' || name.toLowerCase().endsWith(zone));
  return fits.sort((one, other) => other.length - one.length)[0] ?? 'dropped';
}

/** What goes out: by UDP no more than the asker takes; what had to be left out is said to be. */
function written(
  reply: DnsReply,
  question: DnsQuestion,
  protocol: 'udp' | 'tcp',
): Omit<DnsReply, 'error' | 'unwritten' | 'dropped'> {
  const { error: _error, unwritten: _unwritten, dropped: _dropped, ...answer } = reply;
  const limit = protocol === 'tcp' ? 65_535 : Math.max(question.udpSize ?? UDP_BYTES, UDP_BYTES);
  if (answerLength(question, answer) <= limit || answerLength(question, answer, true) <= limit) return answer;
  let { records } = answer;
  const cut = { ...answer, authority: [], additional: [], truncated: true };
  while (records.length > 0 && answerLength(question, { ...cut, records }, true) > limit)
    records = records.slice(0, -1);
  return { ...cut, records };
}

/** Stands for the SHA-512 of the configuration: equal texts have equal sums. */
function checksum(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const character of text)
    hash = BigInt.asUintN(64, (hash ^ BigInt(character.codePointAt(0) ?? 0)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0').repeat(8);
}

function httpAnswer({ status, text, type }: HttpText): { kind: 'http-response' } & HttpResponse {
  return {
    kind: 'http-response',
    status,
    headers: { 'content-type': type ?? 'text/plain; charset=utf-8' },
    body: Buffer.from(text),
  };
}
