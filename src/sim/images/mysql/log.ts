import { formatTime } from '../../api/time.js';
import { encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';

/** The error log, which containers have on standard error. */
export class MysqlLog {
  private readonly sys: Sys;
  private readonly modern: boolean;

  constructor(sys: Sys, version: string) {
    this.sys = sys;
    const [major = 8, minor = 0] = version.split('.').map(Number);
    this.modern = major > 8 || (major === 8 && minor >= 4);
  }

  say(level: 'System' | 'Warning' | 'ERROR', code: string, text: string, part = 'Server', thread = 0): void {
    const now = this.sys.now();
    const stamp = `${formatTime(now).slice(0, 19)}.${String(now % 1_000_000).padStart(6, '0')}Z`;
    try {
      this.sys.openFile(2).tryWrite(encodeText(`${stamp} ${thread} [${level}] [${code}] [${part}] ${text}\n`));
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }

  start(what: 'initialize' | 'serve', version: string): void {
    const { pid } = this.sys;
    if (this.modern)
      this.say(
        'System',
        what === 'serve' ? 'MY-015015' : 'MY-015017',
        `MySQL Server ${what === 'serve' ? '' : 'Initialization '}- start.`,
      );
    const [code, verb] =
      what === 'serve'
        ? ['MY-010116', `starting as process ${pid}`]
        : ['MY-013169', `initializing of server in progress as process ${pid}`];
    this.say('System', code ?? '', `/usr/sbin/mysqld (mysqld ${version}) ${verb}`);
  }

  end(version: string): void {
    this.say(
      'System',
      'MY-010910',
      `/usr/sbin/mysqld: Shutdown complete (mysqld ${version})  MySQL Community Server - GPL.`,
    );
    if (this.modern) this.say('System', 'MY-015016', 'MySQL Server - end.');
  }
}
