import type { Cursor } from './cursor.js';
import type { Statement } from './tree.js';

interface Who {
  readonly name: string;
  readonly host: string;
}

/** `'app'@'%'`, or a plain name. */
function parseWho(cursor: Cursor): Who {
  const name = cursor.token.kind === 'text' ? cursor.quoted() : cursor.name();
  if (cursor.token.kind === 'variable') return { name, host: cursor.next().text.slice(1) };
  if (!cursor.take('@')) return { name, host: '%' };
  return { name, host: cursor.token.kind === 'text' ? cursor.quoted() : cursor.name() };
}

/** CREATE, ALTER and DROP of USER and ROLE. */
export function parseRole(cursor: Cursor, verb: 'create' | 'alter' | 'drop'): Statement {
  cursor.takeOne('user', 'role');
  const tag = `${verb.toUpperCase()} ROLE`;
  const ifThere = cursor.take('if', 'exists');
  const unlessThere = cursor.take('if', 'not', 'exists');
  const who = parseWho(cursor);
  if (verb === 'drop') return { is: 'drop-role', ...who, ifThere, tag };
  const attributes: string[] = [];
  let password: string | undefined;
  while (!cursor.finished) {
    if (cursor.take('identified')) {
      if (cursor.take('with') && cursor.token.kind !== 'end') cursor.next();
      if (cursor.take('by')) password = cursor.quoted();
    } else if (cursor.take('password') && cursor.token.kind === 'text') password = cursor.quoted();
    else attributes.push(cursor.next().text);
  }
  if (verb === 'alter') return { is: 'alter-role', ...who, password, tag };
  return { is: 'create-role', ...who, password, unlessThere, tag, attributes };
}

/** GRANT and REVOKE: on what, and to whom. */
export function parseGrant(cursor: Cursor, revoke: boolean): Statement {
  cursor.next();
  let on = '';
  while (!cursor.finished && !cursor.sees('to') && !cursor.sees('from')) {
    const { text } = cursor.next();
    if (text === 'on') {
      const { from } = cursor.token;
      while (!cursor.finished && !cursor.sees('to') && !cursor.sees('from')) cursor.next();
      on = cursor.text.slice(from, cursor.end);
    }
  }
  if (cursor.takeOne('to', 'from') === undefined) throw cursor.wrong();
  const { name, host } = parseWho(cursor);
  cursor.skipAll();
  return { is: 'grant', revoke, on, to: name, host };
}
