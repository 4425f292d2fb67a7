import type { Catalog, Keeper, Role } from './catalog.js';
import { SqlProblem } from './problem.js';
import type { Dialect } from './tokens.js';
import type { Statement } from './tree.js';

/** What accounts are kept in. */
interface RoleHost {
  readonly catalog: Catalog;
  readonly keeper: Keeper;
  readonly dialect: Dialect;
}

/** What was done, in PostgreSQL's words. */
interface RoleChange {
  readonly tag: string;
  readonly affected: number;
}

/** CREATE, ALTER and DROP of accounts, GRANT and REVOKE. Throws `SqlProblem`. */
export function changeRoles(
  server: RoleHost,
  self: Role,
  statement: Extract<Statement, { is: 'create-role' | 'alter-role' | 'drop-role' | 'grant' }>,
): RoleChange {
  const { catalog, dialect, keeper } = server;
  if (!self.superuser) throw new SqlProblem('denied', { user: self.name, host: self.host, what: 'role' });
  const name = statement.is === 'grant' ? statement.to : statement.name;
  const host = dialect === 'mysql' ? statement.host : '%';
  const found = catalog.role(name, host);
  if (statement.is === 'grant') {
    if (!found && name !== 'public') throw new SqlProblem('no-role', { role: name, host, grant: 'yes' });
    grant(server, statement);
  } else if (statement.is === 'create-role') {
    if (found && !statement.unlessThere) throw new SqlProblem('role-exists', { role: name, host });
    if (!found)
      catalog.roles.push({
        name,
        host,
        password: statement.password,
        superuser: statement.attributes.includes('superuser'),
      });
  } else if (!found) {
    if (statement.is === 'alter-role' || !statement.ifThere) throw new SqlProblem('no-role', { role: name, host });
  } else if (statement.is === 'alter-role') found.password = statement.password ?? found.password;
  else catalog.roles.splice(catalog.roles.indexOf(found), 1);
  keeper.roles(catalog.roles);
  return { tag: statement.is === 'grant' ? (statement.revoke ? 'REVOKE' : 'GRANT') : statement.tag, affected: 0 };
}

/** Rights are kept for each database as a whole. */
function grant({ catalog, keeper }: RoleHost, { on, to, revoke }: Extract<Statement, { is: 'grant' }>): void {
  const word =
    on
      .replace(/^database\s+/i, '')
      .replaceAll(/[`"]/g, '')
      .split('.')[0] ?? '';
  const databases = word.startsWith('*') ? [...catalog.databases.values()] : [catalog.databases.get(word.trim())];
  for (const database of databases) {
    if (!database) continue;
    if (revoke) database.granted.delete(to);
    else database.granted.add(to);
    keeper.database(database);
  }
}
