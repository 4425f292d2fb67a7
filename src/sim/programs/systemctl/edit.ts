import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { waitForChild } from '../../kernel/libc/child.js';
import { printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { askManager } from '../systemd/client.js';
import { completeName } from '../systemd/load-unit.js';
import type { Options } from './options.js';

const BEGIN = '### Anything between here and the comment below will become the contents of the drop-in file';
const END = '### Edits below this comment will be discarded';

/** edit: opens the editor on a drop-in, or with --full on a copy of the unit, and reads the units again. */
export function* edit(sys: Sys, options: Options): Waiting<number> {
  if (!sys.terminal(0) || !sys.terminal(1)) {
    yield* printError(sys, 'Cannot edit units if not on a tty.\n');
    return 1;
  }
  for (const name of options.operands.map(completeName)) {
    const unit = yield* askManager(sys, 'unit', { unit: name });
    if (unit.path === undefined) {
      yield* printError(
        sys,
        `No files found for ${name}.\nRun 'systemctl edit --force --full ${name}' to create a new unit.\n`,
      );
      return 1;
    }
    const full = options.has('full');
    const path = full ? `/etc/systemd/system/${name}` : `/etc/systemd/system/${name}.d/override.conf`;
    const original = readText(sys, path) ?? '';
    const shown = full
      ? (readText(sys, unit.path) ?? '')
      : template(path, original, unit.path, readText(sys, unit.path) ?? '');
    const edited = yield* editText(sys, path, shown);
    if (edited === undefined) return 1;
    const content = full ? edited : between(edited);
    if (content.trim() === '') {
      yield* printError(sys, `Editing "${path}" canceled: temporary file is empty.\n`);
      continue;
    }
    sys.writeFile(path, content);
    yield* printError(sys, `Successfully installed edited file '${path}'.\n`);
  }
  yield* askManager(sys, 'daemon-reload', {});
  return 0;
}

function template(path: string, content: string, unitPath: string, unitText: string): string {
  const commented = unitText
    .trimEnd()
    .split('\n')
    .map((line) => `# ${line}`.trimEnd())
    .join('\n');
  return `### Editing ${path}\n${BEGIN}\n\n${content}\n\n${END}\n\n### ${unitPath}\n${commented}\n`;
}

function between(text: string): string {
  const lines = text.split('\n');
  const from = lines.indexOf(BEGIN);
  const to = lines.indexOf(END);
  const inner = lines
    .slice(from + 1, to < 0 ? undefined : to)
    .join('\n')
    .trim();
  return inner === '' ? '' : `${inner}\n`;
}

function* editText(sys: Sys, path: string, text: string): Waiting<string | undefined> {
  const directory = path.slice(0, path.lastIndexOf('/'));
  try {
    sys.makeDirectory(directory, 0o755);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) {
      if (!isErrno(error)) throw error;
      yield* printError(sys, `Failed to create directories for '${path}': ${error.message}\n`);
      return undefined;
    }
  }
  const temporary = `${directory}/.#${path.slice(directory.length + 1)}${sys.random().uint32().toString(16).padStart(16, '0')}`;
  const command = ['SYSTEMD_EDITOR', 'EDITOR', 'VISUAL']
    .map((name) => sys.environment.get(name))
    .find((value) => value);
  const [name = 'editor', ...args] = (command ?? 'vi').split(' ');
  try {
    sys.writeFile(temporary, text);
    const pid = sys.spawn(name.startsWith('/') ? name : `/usr/bin/${name}`, [name, ...args, temporary]);
    if ((yield* waitForChild(sys, pid)) === 0) return readText(sys, temporary);
    yield* printError(sys, 'Editing failed.\n');
    return undefined;
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* printError(sys, `Failed to edit '${path}': ${error.message}\n`);
    return undefined;
  } finally {
    if (readText(sys, temporary) !== undefined) sys.unlink(temporary);
  }
}

function readText(sys: Sys, path: string): string | undefined {
  try {
    return decodeText(sys.readFile(path));
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}
