import type { ComponentLog } from '../../client/component/log.js';
import { encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { HttpResponse } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';

/** Where the controller writes nginx' configuration. */
export const CONF = '/etc/nginx/nginx.conf';

/** The nginx that a controller keeps beside itself: started once, told of changes by a signal and by its own door. */
export class NginxProcess {
  private readonly sys: Sys;
  private readonly log: ComponentLog;
  private nginx: number | undefined;

  constructor(sys: Sys, log: ComponentLog) {
    this.sys = sys;
    this.log = log;
  }

  /** Starts nginx, or has it read its configuration again. Returns what `nginx -t` says against it. */
  *reload(): Waiting<string | undefined> {
    const { sys } = this;
    const failure = yield* this.test();
    if (failure !== undefined) return failure;
    if (this.nginx !== undefined) {
      sys.kill(this.nginx, 'HUP');
      return undefined;
    }
    this.nginx = sys.spawn('/usr/bin/nginx', ['nginx', '-c', CONF]);
    return undefined;
  }

  private *test(): Waiting<string | undefined> {
    const { sys } = this;
    const { read, write } = sys.pipe();
    const child = sys.spawn('/usr/bin/nginx', ['nginx', '-c', CONF, '-t'], {
      descriptors: new Map([
        [0, 0],
        [1, write],
        [2, write],
      ]),
    });
    sys.close(write);
    let text = '';
    for (;;) {
      const bytes = yield* sys.read(read);
      if (bytes.length === 0) break;
      text += Buffer.from(bytes).toString('utf8');
    }
    sys.close(read);
    const change = yield* sys.wait(child);
    const failed = change?.kind === 'exited' && (!('code' in change.status) || change.status.code !== 0);
    if (!failed) return undefined;
    const line = '-------------------------------------------------------------------------------';
    return `\n${line}\nError: exit status 1\n${text}\n${line}\n`;
  }

  /** Tells nginx' workers something through their own door; false when they do not take it. */
  *post(target: string, text: string): Waiting<boolean> {
    const answer = yield* this.ask('POST', target, text);
    if (answer?.status === 201) return true;
    this.log.warning(
      `Dynamic reconfiguration failed (retrying; 15 retries left): unexpected error code: ${answer?.status ?? 0}`,
      'controller.go:263',
    );
    return false;
  }

  /** What nginx answers at its inner door; nothing where it does not listen. */
  *ask(method: string, target: string, text?: string): Waiting<HttpResponse | undefined> {
    try {
      const connection = yield* this.sys.connect({ address: '127.0.0.1', port: 10246 }, SECOND);
      const body = text === undefined ? {} : { body: encodeText(text) };
      const answer = yield* connection.request({
        kind: 'http',
        method,
        target,
        headers: { host: '127.0.0.1:10246' },
        ...body,
      });
      connection.close();
      return answer.kind === 'http-response' ? answer : undefined;
    } catch (error) {
      if (isErrno(error)) return undefined;
      throw error;
    }
  }

  /** Lets nginx finish what it is at and end. */
  *quit(): Waiting<void> {
    if (this.nginx === undefined) return;
    try {
      this.sys.kill(this.nginx, 'QUIT');
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
    yield* this.sys.sleep(SECOND);
  }
}
