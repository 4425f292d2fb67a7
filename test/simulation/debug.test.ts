import { beforeAll, expect, test } from 'vitest';
import { CommandLine } from './commands.js';

/** One world for all lines here, each of which goes on from those before. */
let world: CommandLine;

beforeAll(() => {
  world = new CommandLine('debug');
  world.run('kubectl create deployment web --image=nginx --port=80');
  world.run('kubectl expose deployment web --port=8000 --target-port=80');
  world.run(
    'kubectl run app --image=nginx && kubectl wait --for=condition=Ready pod/app deploy/web --timeout=90s; true',
  );
  world.run('kubectl wait --for=condition=Available deploy/web --timeout=90s');
}, 60_000);

/** Names that are drawn. */
function plain(text: string): string {
  return text.replace(/(debugger|node01)-[a-z0-9]{5}\b/g, '$1-XXXXX');
}

test('an ephemeral container sees the processes and files of its target and runs once', () => {
  const said = world.run('kubectl debug app --image=busybox --target=app -c look -- sh -c "ps; sleep 3; exit 3"');
  expect(said).toBe(
    'Targeting container "app". If you don\'t see processes from this container it may be because the container runtime doesn\'t support this feature.\n',
  );
  expect(world.run('sleep 2; kubectl exec app -c look -- cat /proc/1/root/etc/nginx/nginx.conf')).toContain(
    'user  nginx;',
  );
  expect(world.run('kubectl logs app -c look')).toMatch(/^PID +USER +TIME +COMMAND\n +1 root +0:00 nginx/);
  world.run('sleep 5');
  const state = "{.status.ephemeralContainerStatuses[0]['name','ready','restartCount','state.terminated.exitCode']}";
  expect(world.run(`kubectl get pod app -o jsonpath="${state}"`)).toBe('look false 0 3');
  expect(world.run('kubectl get pod app --no-headers')).toMatch(/^app +1\/1 +Running +0 /);
  expect(world.run('kubectl describe pod app')).toMatch(/Ephemeral Containers:\n {2}look:\n[\s\S]*Exit Code: +3\n/);
});

test('static pods take none, and one that is there can neither change nor go', () => {
  const target = 'pod etcd-controlplane -n kube-system';
  expect(world.run(`kubectl debug ${target.slice(4)} --image=busybox -q`)).toBe(
    'The Pod "etcd-controlplane" is invalid: []: Forbidden: static pods do not support ephemeral containers\n',
  );
  const put = `kubectl get pod app -o json | sed 's/"image": "busybox"/"image": "alpine"/' | kubectl replace --raw /api/v1/namespaces/default/pods/app/ephemeralcontainers -f -`;
  const refused = world.run(put);
  expect(refused).toContain(
    'spec.ephemeralContainers: Forbidden: existing ephemeral containers "look" may not be changed',
  );
  expect(refused).toContain('- "Image": "busybox",');
});

test('a copy is a stranger to services and probes and shares its processes', () => {
  expect(plain(world.run('kubectl debug app --image=busybox --copy-to=app2 --same-node -- sleep 1d'))).toBe(
    'Defaulting debug container name to debugger-XXXXX.\n',
  );
  const fields =
    '{.metadata.labels}|{.spec.shareProcessNamespace}|{.spec.containers[1].securityContext.capabilities.add}';
  expect(world.run(`kubectl get pod app2 -o jsonpath='${fields}'`)).toBe('|true|["SYS_PTRACE"]');
  world.run('kubectl delete pod app2 --now');
});

test('on a node somebody is root of the host by chroot', () => {
  const said = plain(
    world.run(
      'kubectl debug node/node01 -c me --image=busybox -- chroot /host sh -c "hostname; systemctl is-active kubelet"',
    ),
  );
  expect(said).toBe('Creating debugging pod node-debugger-node01-XXXXX with container me on node node01.\n');
  world.run('sleep 3');
  const name = '$(kubectl get pods -o name -l app.kubernetes.io/managed-by=kubectl-debug)';
  expect(world.run(`kubectl logs ${name}`)).toBe('node01\nactive\n');
  const fields = '{.spec.hostNetwork} {.spec.hostPID} {.spec.volumes[0].hostPath.path} {.spec.tolerations[0].operator}';
  expect(world.run(`kubectl get ${name} -o jsonpath='${fields}'`)).toMatch(/^true true \/ Exists/);
});

test('nsenter needs a privileged container', () => {
  const enter = 'nsenter -t 1 -m -u cat /etc/hostname';
  world.run(`kubectl debug node/node02 -q --image=busybox --profile=general -- ${enter}`);
  world.run(`kubectl debug node/node02 -q --image=busybox --profile=sysadmin -- ${enter}`);
  const logs = world.run('sleep 3; for p in $(kubectl get pods -o name | grep node02); do kubectl logs $p; done');
  expect(logs.split('\n').sort().join('\n')).toBe('\nnode02\nnsenter: setns(): Operation not permitted');
});

test('a forwarded port carries requests to a pod of a service, until it is interrupted', () => {
  const said = world.run(
    "kubectl port-forward svc/web 8080:8000 > f.log 2>&1 & sleep 2; curl -s localhost:8080 | grep -o '<h1>.*</h1>'; curl -sI 'http://[::1]:8080/' | head -1; kill -INT $!; wait $!; echo $?; cat f.log; curl -s localhost:8080; echo $?",
  );
  expect(said.replaceAll('\r', '')).toBe(
    '<h1>Welcome to nginx!</h1>\nHTTP/1.1 200 OK\n0\nForwarding from 127.0.0.1:8080 -> 80\nForwarding from [::1]:8080 -> 80\nHandling connection for 8080\nHandling connection for 8080\n7\n',
  );
});

test('a port where nobody listens ends the forwarding, one that is taken never begins it', () => {
  const refused = world.run(
    'kubectl port-forward app :81 > f.log 2>&1 & sleep 2; curl -s localhost:$(grep -om1 "127.0.0.1:[0-9]*" f.log | cut -d: -f2); wait $!; echo $?; tail -2 f.log',
  );
  expect(refused).toMatch(
    /^1\nE.*an error occurred forwarding \d+ -> 81: error forwarding port 81 to pod [0-9a-f]{64}, uid : /,
  );
  expect(refused).toMatch(/connection refused " logger="UnhandledError"\nerror: lost connection to pod\n$/);
  expect(
    world.run('nc -l 127.0.0.1 9090 & sleep 1; kubectl port-forward --address 127.0.0.1 app 9090:80; echo $?; kill $!'),
  ).toBe(
    '1\nUnable to listen on port 9090: Listeners failed to create with the following errors: [unable to create listener: Error listen tcp4 127.0.0.1:9090: bind: address already in use]\nerror: unable to listen on any of the requested ports: [{9090 80}]\n',
  );
});

test('the proxy passes requests on with the credentials of the kubeconfig, but for those it filters', () => {
  const said = world.run(
    [
      'kubectl proxy > p.log & sleep 1; cat p.log',
      'curl -s localhost:8001/api/v1/namespaces/default | grep \'"kind"\'',
      "curl -s localhost:8001/api/v1/namespaces/default/services/web:8000/proxy/ | grep -c 'Welcome to nginx!</h1>'",
      'curl -s localhost:8001/api/v1/namespaces/default/pods/app/exec',
      "curl -s -H 'Host: elsewhere' localhost:8001/version",
      'kubectl get ns default --server http://localhost:8001 -o name',
      'kubectl proxy; echo $?; kill %1',
    ].join('; '),
  );
  expect(said).toBe(
    'Starting to serve on 127.0.0.1:8001\n  "kind": "Namespace",\n1\nForbidden\nForbidden\nnamespace/default\n1\nerror: listen tcp 127.0.0.1:8001: bind: address already in use\n',
  );
});

test('a proxy with a prefix serves nothing beside it', () => {
  expect(
    world.run(
      'kubectl proxy --port=8002 --api-prefix=/k8s > p.log & sleep 1; curl -s localhost:8002/k8s/healthz; echo; curl -s localhost:8002/healthz; kill %1',
    ),
  ).toBe('ok\n404 page not found\n');
});

test('a stream through a kubelet that ends is cut off', () => {
  const said = world.run(
    'kubectl debug node/node02 -q --image=busybox -i -- chroot /host sh -c "sleep 2; systemctl stop kubelet; sleep 5" < /dev/null; echo $?',
  );
  expect(said).toContain('websocket: close 1006 (abnormal closure): unexpected EOF');
});
