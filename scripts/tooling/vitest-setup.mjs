import { generate } from './generate.mjs';

/** Before any test: the generated sources are there and current, also when vitest is called directly. */
export async function setup() {
  await generate();
}
