/** Shows where ours differs from the real cluster: `node scripts/run.mjs test/reference/workloads/show.ts [WORDS]`. */
import { differencesOf, readWorkloads } from './compare.js';
import { playOurs } from './our-cluster.js';
import { SCENARIOS } from './scenarios/register.js';

const words = process.argv.slice(2).join(' ');
const { told } = readWorkloads();
let equal = 0;
const chosen = SCENARIOS.filter(({ title }) => title.includes(words) && told.has(title));
for (const scenario of chosen) {
  const apart = differencesOf(told.get(scenario.title) as NonNullable<ReturnType<typeof told.get>>, playOurs(scenario));
  if (apart.length === 0) equal += 1;
  else console.log(`== ${scenario.title}\n${apart.join('\n')}`);
}
console.log(`${equal} of ${chosen.length} agree`);
