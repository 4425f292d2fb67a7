import { playOurs } from './our-cluster.js';
import { SCENARIOS } from './scenarios/register.js';

const words = process.argv.slice(2).join(' ');
for (const s of SCENARIOS.filter(({ title }) => title.includes(words)))
  console.log(JSON.stringify(playOurs(s), null, 1));
