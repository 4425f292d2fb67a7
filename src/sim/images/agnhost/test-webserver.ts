import { isErrno } from '../../kernel/errno.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Sys } from '../../kernel/sys.js';
import { goLog } from '../go/log.js';
import { type GoAnswer, goError, goListen, NOT_FOUND } from '../go/server.js';
import { httpDate } from '../web/http-date.js';
import type { Command } from './command.js';

const HEADERS = {
  'access-control-allow-credentials': 'true',
  'access-control-allow-headers': 'DNT,X-Mx-ReqToken,Keep-Alive,User-Agent,X-Requested-With,Cache-Control,Content-Type',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-origin': '*',
  'cache-control': 'private',
};

/** agnhost test-webserver: serves all files of the container. */
export const testWebserver: Command = {
  name: 'test-webserver',
  short: 'Starts a simple HTTP fileserver',
  flags: [{ name: 'port', kind: 'number' }],
  *run(sys, given) {
    const failure = goListen(sys, Number(given.get('port') ?? 80), ({ path }) => {
      const answer = fileAnswer(sys, path);
      return { ...answer, headers: { ...HEADERS, ...answer.headers } };
    });
    if (failure !== undefined) {
      goLog(sys, failure);
      return 1;
    }
    yield* untilSignal(sys);
    return 2;
  },
};

function fileAnswer(sys: Sys, path: string): GoAnswer {
  try {
    const { type, modified } = sys.stat(path);
    const headers = { 'last-modified': httpDate(modified) };
    if (type === 'directory') {
      if (!path.endsWith('/')) return { status: 301, headers: { location: `${path.split('/').at(-1)}/` } };
      const names = sys.readDirectory(path).map((entry) => `${entry.name}${entry.type === 'directory' ? '/' : ''}`);
      const rows = names.sort().map((name) => `<a href="${encodeURI(name)}">${name}</a>\n`);
      const text = `<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n${rows.join('')}</pre>\n`;
      return { text, headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } };
    }
    return {
      text: Buffer.from(sys.readFile(path)).toString('utf8'),
      headers: { ...headers, 'accept-ranges': 'bytes' },
    };
  } catch (error) {
    if (!isErrno(error)) throw error;
    return error.code === 'EACCES' ? goError(403, '403 Forbidden') : NOT_FOUND;
  }
}
