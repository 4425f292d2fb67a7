import type { Link } from './link.js';

/** Where links to machines come from. */
export interface Links {
  link(): Promise<Link>;
}
