import { describe, expect, it } from 'vitest';
import { CommandLine } from './commands.js';

/** With these seeds controllers begin late: there were pauses of five seconds before the first of them led. */
const LATE = ['2', '21'];

describe('a world is handed over complete', () => {
  it.each(LATE)(
    'with seed %s',
    (seed) => {
      const shell = new CommandLine(seed);
      const lines = (line: string) => shell.run(line).trimEnd().split('\n');
      const nodes = lines('kubectl get nodes --no-headers');
      expect(nodes.map((line) => line.split(/\s+/)[1])).toEqual(['Ready', 'Ready', 'Ready']);
      const pods = lines('kubectl get pods -A --no-headers').map((line) => line.split(/\s+/));
      expect(pods).toHaveLength(12);
      expect(pods.filter(([, , ready, status]) => ready !== '1/1' || status !== 'Running')).toEqual([]);
      const taints = lines("kubectl get nodes -o jsonpath='{.items[*].spec.taints[*].key}'");
      expect(taints).toEqual(['node-role.kubernetes.io/control-plane']);
      const leases = "kubectl get leases -n kube-node-lease -o jsonpath='{.items[*].spec.renewTime}'";
      const now = Date.parse(lines('date -u +%FT%TZ')[0] ?? '');
      const ages = (lines(leases)[0] ?? '').split(' ').map((time) => now - Date.parse(time));
      expect(ages.filter((age) => age < 15_000)).toHaveLength(3);
    },
    120_000,
  );
});
