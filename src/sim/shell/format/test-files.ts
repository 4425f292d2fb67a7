import type { FileType } from '../../kernel/files.js';
import type { Sys } from '../../kernel/sys.js';
import type { TestContext } from './test-expression.js';

const TYPE_OF: Readonly<Record<string, FileType>> = {
  b: 'block-device',
  c: 'character-device',
  d: 'directory',
  f: 'file',
  p: 'fifo',
  S: 'socket',
};

/** A unary file operator such as `-f`, given by its letter. */
export function testFile(operator: string, path: string, context: TestContext): boolean {
  if (operator === 'h' || operator === 'L') return context.lstat(path)?.type === 'symlink';
  if (operator === 'r') return context.access(path, 'read');
  if (operator === 'w') return context.access(path, 'write');
  if (operator === 'x') return context.access(path, 'execute');
  const stat = context.stat(path);
  if (!stat) return false;
  const type = TYPE_OF[operator];
  if (type) return stat.type === type;
  switch (operator) {
    case 'b':
      return false;
    case 's':
      return stat.size > 0;
    case 'u':
      return (stat.mode & 0o4000) !== 0;
    case 'g':
      return (stat.mode & 0o2000) !== 0;
    case 'k':
      return (stat.mode & 0o1000) !== 0;
    case 'O':
      return stat.uid === context.uid;
    case 'G':
      return stat.gid === context.gid;
    case 'N':
      return stat.modified > stat.accessed;
    default:
      return true;
  }
}

/** `-nt`, `-ot` and `-ef`. */
export function testFilePair(
  operator: '-nt' | '-ot' | '-ef',
  left: string,
  right: string,
  context: TestContext,
): boolean {
  const first = context.stat(left);
  const second = context.stat(right);
  if (operator === '-ef') return !!first && !!second && first.device === second.device && first.inode === second.inode;
  if (operator === '-nt') return !!first && (!second || first.modified > second.modified);
  return !!second && (!first || first.modified < second.modified);
}

/** The questions of `test`, answered by a process's system calls. */
export function testContextOf(sys: Sys): TestContext {
  const attempt = <T>(ask: () => T): T | undefined => {
    try {
      return ask();
    } catch {
      return undefined;
    }
  };
  return {
    stat: (path) => attempt(() => sys.stat(path)),
    lstat: (path) => attempt(() => sys.lstat(path)),
    access: (path, need) => {
      const granted = attempt(() => {
        sys.access(path, { [need]: true });
        return true;
      });
      return granted ?? false;
    },
    isTty: (descriptor) => attempt(() => sys.terminal(descriptor)) !== undefined,
    uid: sys.credentials.uid,
    gid: sys.credentials.gid,
  };
}
