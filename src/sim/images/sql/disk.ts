import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { Catalog, type Keeper, type Role, SqlDatabase, type Table } from './catalog.js';

/** Where the files of a kind of server lie below its data directory. */
export interface Layout {
  /** The folder of a database. */
  folder(database: string): string;
  /** The end of tables' file names: `.ibd`. */
  readonly suffix: string;
  /** The file of roles. */
  readonly roles: string;
}

const DESCRIPTION = '.description';

/** Keeps a catalog in files: a folder for each database, a file for each table. Works from the data directory. */
export class DiskKeeper implements Keeper {
  private readonly sys: Sys;
  private readonly data: string;
  private readonly layout: Layout;
  /** What went wrong last; a server says it and goes on. */
  failure: string | undefined;

  constructor(sys: Sys, data: string, layout: Layout) {
    this.sys = sys;
    this.data = data;
    this.layout = layout;
  }

  private path(...parts: readonly string[]): string {
    return [this.data, ...parts].join('/');
  }

  private attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!isErrno(error)) throw error;
      this.failure = error.message;
    }
  }

  database(database: SqlDatabase): void {
    const folder = this.path(this.layout.folder(database.name));
    this.attempt(() => {
      try {
        this.sys.makeDirectory(folder, 0o750);
      } catch (error) {
        if (!isErrno(error, 'EEXIST')) throw error;
      }
      const { name, owner, granted } = database;
      this.sys.writeFile(`${folder}/${DESCRIPTION}`, JSON.stringify({ name, owner, granted: [...granted] }), 0o640);
    });
  }

  dropDatabase(name: string): void {
    const folder = this.path(this.layout.folder(name));
    this.attempt(() => {
      for (const { name } of this.sys.readDirectory(folder)) this.sys.unlink(`${folder}/${name}`);
      this.sys.removeDirectory(folder);
    });
  }

  table(database: SqlDatabase, table: Table): void {
    const path = this.path(this.layout.folder(database.name), `${table.name}${this.layout.suffix}`);
    this.attempt(() => this.sys.writeFile(path, JSON.stringify(table), 0o640));
  }

  dropTable(database: SqlDatabase, name: string): void {
    this.attempt(() => this.sys.unlink(this.path(this.layout.folder(database.name), `${name}${this.layout.suffix}`)));
  }

  roles(roles: readonly Role[]): void {
    this.attempt(() => this.sys.writeFile(this.path(this.layout.roles), JSON.stringify(roles), 0o640));
  }

  /** Reads what is there. Throws Errno. */
  load(): Catalog {
    const catalog = new Catalog();
    const read = (path: string) => JSON.parse(Buffer.from(this.sys.readFile(path)).toString('utf8')) as unknown;
    catalog.roles.push(...(read(this.path(this.layout.roles)) as Role[]));
    const parent = this.layout.folder('').replace(/\/$/, '');
    const root = parent === '' ? this.data : this.path(parent);
    for (const { name, type } of this.sys.readDirectory(root)) {
      if (type !== 'directory' || name.startsWith('.')) continue;
      const folder = `${root}/${name}`;
      let description: { name: string; owner: string; granted: string[] };
      try {
        description = read(`${folder}/${DESCRIPTION}`) as typeof description;
      } catch (error) {
        if (isErrno(error, 'ENOENT')) continue;
        throw error;
      }
      const database = new SqlDatabase(description.name, description.owner);
      for (const role of description.granted) database.granted.add(role);
      for (const file of this.sys.readDirectory(folder)) {
        if (!file.name.endsWith(this.layout.suffix) || file.name.startsWith('.') || file.type !== 'file') continue;
        const table = read(`${folder}/${file.name}`) as Table;
        database.tables.set(table.name, table);
      }
      catalog.databases.set(database.name, database);
    }
    return catalog;
  }
}
