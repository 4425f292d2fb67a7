import { expect, it } from 'vitest';
import type { Lease } from '../../../../src/sim/api/types/config.js';
import { ELECTION_DEFAULTS, LeaderElector } from '../../../../src/sim/client/component/leader-election.js';
import { LEASES } from '../../../../src/sim/controllers/machinery/resource-types.js';
import { SECOND } from '../../../../src/sim/kernel/time.js';
import { bareSimulation, createNamespaces, type Simulation } from '../../controllers/simulation.js';

function candidate(simulation: Simulation, identity: string, told: string[]): void {
  simulation.start((sys, client) => {
    const log = { info: () => {}, warning: () => {}, error: (error: unknown) => told.push(String(error)) };
    const settings = { ...ELECTION_DEFAULTS, namespace: 'kube-system', name: 'x', identity, server: 'https://s:6443' };
    const elector = new LeaderElector(sys, client, log, settings, (_, message) => told.push(message));
    sys.thread(function* () {
      yield* elector.acquire();
      yield* elector.renew();
      told.push(`${identity} ends`);
    });
  });
}

it('lets one lead, and gives up a lease that cannot be renewed', () => {
  const simulation = bareSimulation();
  createNamespaces(simulation);
  const told: string[] = [];
  candidate(simulation, 'one', told);
  simulation.advance(SECOND);
  candidate(simulation, 'two', told);
  simulation.advance(30 * SECOND);
  const lease = () => simulation.get<Lease>(LEASES, 'x', 'kube-system').spec;
  expect(told).toEqual(['one became leader']);
  expect(lease()).toMatchObject({ holderIdentity: 'one', leaseDurationSeconds: 15, leaseTransitions: 0 });
  simulation.reachable = false;
  simulation.advance(15 * SECOND);
  expect(told).toContain(
    'Get "https://s:6443/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/x?timeout=5s": Connection refused',
  );
  expect(told).toContain('one ends');
  simulation.reachable = true;
  simulation.advance(30 * SECOND);
  expect(told.at(-1)).toBe('two became leader');
  expect(lease()).toMatchObject({ holderIdentity: 'two', leaseTransitions: 1 });
});
