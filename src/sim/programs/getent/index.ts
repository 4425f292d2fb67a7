export { getent } from './glibc.js';
export { muslGetent } from './musl.js';
