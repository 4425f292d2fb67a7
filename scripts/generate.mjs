/** `npm run generate`: makes the generated sources, if what they are made from has changed. */
import { generate } from './tooling/generate.mjs';

await generate();
