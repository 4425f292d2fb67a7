#!/usr/bin/env node
import { version } from '../package.json';

if (process.argv.includes('--version')) {
  process.stdout.write(`${version}\n`);
} else {
  process.stdout.write(`kubedrill ${version} is under construction.\n`);
}
