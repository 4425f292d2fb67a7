import { klogLine } from '../../client/klog.js';
import { isErrno } from '../../kernel/errno.js';
import type { Listener, Message } from '../../kernel/network.js';
import { type Waiting, WaitQueue } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import type { Flags } from '../cobra/flags.js';
import { CommandError } from '../errors.js';
import { listenLocally } from '../local-listener.js';
import { proxyFilter } from '../proxy/filter.js';
import { answerProxied, type ProxyPlan } from '../proxy/serve.js';
import type { Session } from '../session.js';

const PORT_DEFAULT = 8001;

/** `kubectl proxy`. */
export const proxy: Command = {
  name: 'proxy',
  short: 'Run a proxy to the Kubernetes API server',
  run: runProxy,
};

function* runProxy(session: Session, flags: Flags): Waiting<void> {
  session.rest();
  const withSlash = (text: string): string => (text.endsWith('/') ? text : `${text}/`);
  const directory = flags.text('www');
  const plan: ProxyPlan = {
    session,
    filter: yield* proxyFilter(session),
    apiPrefix: withSlash(flags.text('api-prefix')),
    directory,
    directoryPrefix: withSlash(flags.text('www-prefix')),
  };
  const socket = flags.text('unix-socket');
  const port = flags.number('port');
  if (port !== PORT_DEFAULT && socket !== '')
    throw new CommandError('cannot set --unix-socket and --port at the same time');
  if (directory !== '') yield* lookAt(session, directory);
  const { shown } = socket === '' ? listenAt(plan, flags.text('address'), port) : listenOn(plan, socket);
  yield* session.out(`Starting to serve on ${shown}\n`);
  // Until a signal ends the process.
  const never = new WaitQueue();
  for (;;) yield never;
}

function listenAt(plan: ProxyPlan, address: string, port: number): { listener: Listener; shown: string } {
  const listener = listenLocally(plan.session, 'tcp', address, { address, port, ...serving(plan) });
  return { listener, shown: `${address}:${listener.spec.port}` };
}

function listenOn(plan: ProxyPlan, path: string): { listener: Listener; shown: string } {
  const { sys } = plan.session;
  try {
    if (sys.stat(path).type === 'socket') sys.unlink(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
  try {
    return { listener: sys.listenPath(path, serving(plan)), shown: path };
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new CommandError(
      `listen unix ${path}: bind: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`,
    );
  }
}

function serving(plan: ProxyPlan) {
  return {
    application: 'http' as const,
    handler: (message: Message): Waiting<Message> => answerProxied(plan, message),
  };
}

/** A directory that is not there is only warned of. */
function* lookAt({ sys }: Session, path: string): Waiting<void> {
  let problem: string | undefined;
  try {
    if (sys.stat(path).type !== 'directory') problem = `Static file directory ${path} is not a directory`;
  } catch (error) {
    if (!isErrno(error)) throw error;
    problem = `Failed to stat static file directory ${path}: stat ${path}: ${error.message.toLowerCase()}`;
  }
  if (problem !== undefined) yield* sys.write(2, klogLine(sys, 'W', 'proxy.go:203', problem));
}
