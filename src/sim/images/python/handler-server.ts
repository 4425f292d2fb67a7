import { isErrno } from '../../kernel/errno.js';
import type { Message, Peer } from '../../kernel/network.js';
import { type Waiting, WaitQueue } from '../../kernel/wait.js';
import { httpDate } from '../web/http-date.js';
import { belongsTo, call } from './evaluate.js';
import { Raised } from './failures.js';
import { errorPage, logLine } from './files-server.js';
import type { Interpreter } from './interpreter.js';
import { itemsOf } from './methods.js';
import { Builtin, Bytes, Class, Dict, Instance, Module, textOf, type Value } from './values.js';

/** An answer while a handler writes it. */
interface Exchange {
  readonly peer: Peer;
  readonly line: string;
  status: number;
  readonly headers: Record<string, string>;
  body: string;
}

const EXCHANGES = new WeakMap<Instance, Exchange>();

/** The modules `http` and `http.server`, with the classes that people make small servers from. */
export function httpModules(run: Interpreter, version: string): Readonly<Record<string, () => Module>> {
  const server = serverModule(run, version);
  return { http: () => new Module('http', { server }), 'http.server': () => server };
}

function serverModule(run: Interpreter, version: string): Module {
  const handler = new Class('BaseHTTPRequestHandler', undefined, new Map(Object.entries(handlerMembers(run))));
  const server = new Class('HTTPServer', undefined, new Map(Object.entries(serverMembers(run, version))));
  belongsTo(handler, run);
  belongsTo(server, run);
  return new Module('http.server', {
    BaseHTTPRequestHandler: handler,
    HTTPServer: server,
    ThreadingHTTPServer: server,
  });
}

function exchangeOf(self: Value | undefined): Exchange {
  const exchange = self instanceof Instance ? EXCHANGES.get(self) : undefined;
  if (!exchange) throw new Raised('RuntimeError', 'no request');
  return exchange;
}

function handlerMembers(run: Interpreter): Record<string, Value> {
  return {
    end_headers: new Builtin('end_headers', () => null),
    log_message: new Builtin('log_message', () => null),
    send_error: new Builtin('send_error', function* sendError([self, status = 500n, message = '']) {
      const exchange = exchangeOf(self);
      exchange.status = Number(status);
      exchange.body = errorPage(Number(status), textOf(message));
      yield* logLine(run.sys, exchange.peer, `code ${status}, message ${textOf(message)}`);
      return null;
    }),
    send_header: new Builtin('send_header', ([self, name = '', value = '']) => {
      exchangeOf(self).headers[textOf(name).toLowerCase()] = textOf(value);
      return null;
    }),
    send_response: new Builtin('send_response', function* sendResponse([self, status = 200n]) {
      const exchange = exchangeOf(self);
      exchange.status = Number(status);
      // A handler may keep its log to itself.
      if (!(self instanceof Instance) || self.of.find('log_message') instanceof Builtin)
        yield* logLine(run.sys, exchange.peer, `"${exchange.line}" ${exchange.status} -`);
      return null;
    }),
  };
}

function serverMembers(run: Interpreter, version: string): Record<string, Value> {
  return {
    __init__: new Builtin('__init__', ([self, address = null, handler = null]) => {
      const [host = '', port = 0n] = itemsOf(address);
      try {
        run.sys.listen({
          port: Number(port),
          address: textOf(host) === '' ? '0.0.0.0' : textOf(host),
          application: 'http',
          handler: (message, peer) => serve(run, handler, message, peer, version),
        });
      } catch (error) {
        if (!isErrno(error)) throw error;
        throw new Raised('OSError', `[Errno ${error.code === 'EADDRINUSE' ? 98 : 13}] ${error.message}`);
      }
      if (self instanceof Instance) self.members.set('close', new Builtin('close', () => null));
      return null;
    }),
    serve_forever: new Builtin('serve_forever', function* serveForever() {
      const never = new WaitQueue();
      for (;;) {
        try {
          yield never;
        } catch (error) {
          if (!isErrno(error, 'EINTR')) throw error;
          yield* run.interrupted();
        }
      }
    }),
    server_close: new Builtin('server_close', () => null),
  };
}

function* serve(run: Interpreter, handler: Value, message: Message, peer: Peer, version: string): Waiting<Message> {
  if (message.kind !== 'http' || !(handler instanceof Class))
    return { kind: 'http-response', status: 400, headers: {} };
  const self = new Instance(handler);
  const line = `${message.method} ${message.target} HTTP/1.1`;
  const exchange: Exchange = { peer, line, status: 200, headers: {}, body: '' };
  EXCHANGES.set(self, exchange);
  const headers = new Dict();
  for (const [name, value] of Object.entries(message.headers))
    headers.set(
      name.replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase()),
      value,
    );
  self.members.set('path', message.target).set('command', message.method).set('headers', headers);
  self.members.set(
    'wfile',
    new Module('wfile', {
      write: new Builtin('write', ([bytes = null]) => {
        if (!(bytes instanceof Bytes)) throw new Raised('TypeError', "a bytes-like object is required, not 'str'");
        exchange.body += bytes.text;
        return BigInt(bytes.text.length);
      }),
    }),
  );
  const act = handler.find(`do_${message.method}`);
  if (act === undefined) {
    const words = `Unsupported method ('${message.method}')`;
    exchange.status = 501;
    exchange.body = errorPage(501, words);
    yield* logLine(run.sys, peer, `code 501, message ${words}`);
    yield* logLine(run.sys, peer, `"${line}" 501 -`);
  } else yield* call(run, act, [self]);
  const common = { server: `BaseHTTP/0.6 Python/${version}`, date: httpDate(run.sys.now()) };
  const body = Buffer.from(exchange.body, 'latin1');
  return {
    kind: 'http-response',
    status: exchange.status,
    headers: { ...common, ...exchange.headers },
    ...(message.method === 'HEAD' ? {} : { body }),
  };
}
