import { absent } from '../absent.js';

/** `helm verify`: there are no keys to verify with. */
export const verifyCommand = absent(
  'verify',
  'verify that a chart at the given path has been signed and is valid',
  'PATH',
);
