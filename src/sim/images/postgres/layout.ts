import type { Layout } from '../sql/disk.js';

/** Where PostgreSQL's files lie below its data directory. */
export const POSTGRES_LAYOUT: Layout = {
  folder: (database) => `base/${database}`,
  suffix: '.rel',
  roles: 'global/pg_authid',
};
