import type { Program } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import { zoneOfProcess } from './clock.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { parseDate } from './date/parse-date.js';
import { parseStamp } from './date/parse-stamp.js';
import { UsageError } from './options.js';
import { look } from './paths.js';

/** `touch`: sets times of files, and makes them. */
export const touch: Program = command(
  {
    name: 'touch',
    usage: '[OPTION]... FILE...',
    summary: 'Update the access and modification times of each FILE to the current time; make what is not there.',
    options: [
      'a : only the access time',
      'c no-create : make no files',
      'd date=STRING : this time instead of now',
      'f : (ignored)',
      'h no-dereference : the link itself',
      'm : only the modification time',
      'r reference=FILE : the times of FILE',
      't=STAMP : [[CC]YY]MMDDhhmm[.ss] instead of now',
      'time=WORD : access, atime, use; modify, mtime',
    ],
  },
  (context) => {
    if (context.operands.length === 0) throw new UsageError('missing file operand');
    const times = timesOf(context);
    const word = context.value('time');
    const onlyAccess = context.has('a') || ['access', 'atime', 'use'].includes(word ?? '');
    const onlyModify = context.has('m') || ['modify', 'mtime'].includes(word ?? '');
    for (const path of context.operands) {
      const { sys } = context;
      const before = look(sys, path);
      if (!before && (context.has('no-create') || (context.has('no-dereference') && !look(sys, path, false)))) continue;
      try {
        if (!before) sys.close(sys.open(path, { write: true, create: true }, 0o666));
        const now = sys.stat(path);
        sys.setTimes(
          path,
          onlyModify && !onlyAccess ? now.accessed : times.accessed,
          onlyAccess && !onlyModify ? now.modified : times.modified,
        );
      } catch (thrown) {
        context.fail(`${before ? 'setting times of' : 'cannot touch'} ${context.quoteName(path)}: ${reason(thrown)}`);
      }
    }
    return undefined;
  },
);

function timesOf(context: Context): { accessed: Micros; modified: Micros } {
  const { sys } = context;
  const reference = context.value('reference');
  if (reference !== undefined) {
    try {
      return sys.stat(reference);
    } catch (thrown) {
      return context.die(`failed to get attributes of ${context.quoteName(reference)}: ${reason(thrown)}`);
    }
  }
  const text = context.value('date');
  const stamp = context.value('t');
  let instant = sys.now();
  if (text !== undefined) {
    const parsed = parseDate(text, sys.now(), zoneOfProcess(sys));
    instant = parsed ?? context.die(`invalid date format ${context.quote(text)}`);
  } else if (stamp !== undefined) {
    const seconds = parseStamp(stamp, sys.now(), zoneOfProcess(sys));
    instant = seconds === undefined ? context.die(`invalid date format ${context.quote(stamp)}`) : seconds * SECOND;
  }
  return { accessed: instant, modified: instant };
}
