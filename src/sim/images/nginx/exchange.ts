import type { HttpRequest, HttpResponse, SocketAddress } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Scripts } from './scripts.js';
import type { Listen, Location, Site } from './sites.js';

/** What an answer is made with: the server's name with its version, and where its complaints go. */
export interface AnswerContext {
  readonly sys: Sys;
  readonly server: string;
  /** `map` blocks by the variable they make. */
  readonly maps: ReadonlyMap<string, ValueMap>;
  readonly upstreams: ReadonlyMap<string, readonly string[]>;
  readonly balancers: ReadonlyMap<string, string>;
  readonly scripts: Scripts;
  /** Answers a request that this nginx makes to itself. */
  answer(exchange: Exchange): Waiting<HttpResponse>;
  /** The site that listens at a socket's path. */
  atSocket(address: string): Site | undefined;
  complain(exchange: Exchange, text: string, tail?: string, level?: string): void;
  /** Until when a server of a group is left out, because it failed. */
  readonly disabled: Map<string, Micros>;
  /** Counts up for each request that goes to an upstream, so that its servers take turns. */
  turn(upstream: string): number;
}

/** A block that makes a variable of another one's value, by its rows. */
export interface ValueMap {
  readonly kind: 'map' | 'geo' | 'split_clients';
  readonly source: string;
  readonly rows: readonly (readonly string[])[];
}

/** What the last pattern that fitted took out of a text. */
export interface Captures {
  readonly list: readonly string[];
  readonly groups: Readonly<Record<string, string>>;
}

/** One request on its way to an answer. */
export interface Exchange {
  readonly context: AnswerContext;
  readonly site: Site;
  readonly listen: Listen;
  readonly request: HttpRequest;
  /** `GET / HTTP/1.1`. */
  readonly line: string;
  readonly client: SocketAddress;
  /** As the client named it, without its port. */
  readonly host: string;
  /** The name of the handshake. */
  readonly serverName: string;
  readonly number: number;
  readonly id: string;
  readonly started: Micros;
  /** Decoded; rewrites change it. */
  uri: string;
  query: string;
  root: string;
  user: string;
  readonly variables: Map<string, string>;
  captures: Captures;
  proxy: { readonly host: string; readonly port: string } | undefined;
  /** Of all servers that were asked, one after the other. */
  readonly upstream: { address: string; status: string; length: string };
  /** The location that answers, for its log and its headers. */
  location: Location | undefined;
  status: number;
  sent: number;
}
