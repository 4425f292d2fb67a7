import { expect, test } from 'vitest';
import { findAll, findValue } from '../../src/checker/json-path.js';

const POD = {
  metadata: { name: 'web', labels: { app: 'web', 'app.kubernetes.io/name': 'x' }, annotations: {} },
  spec: {
    containers: [
      { name: 'a', image: 'nginx' },
      { name: 'b', image: 'busybox', ports: [] },
    ],
    hostNetwork: false,
    initContainers: [
      { name: 'bare', tty: null },
      { name: 'kept', securityContext: { privileged: false, capabilities: { add: ['NET_ADMIN'] } } },
      { name: 'free', securityContext: { privileged: true }, args: ['--all', '7'], port: 80 },
    ],
  },
  status: {
    conditions: [
      { type: 'Ready', status: 'True' },
      { type: 'Initialized', status: 'False' },
    ],
  },
};

test.each<[string, unknown]>([
  ['$.metadata.name', 'web'],
  ['$.metadata.labels["app.kubernetes.io/name"]', 'x'],
  ["$.metadata.labels['app.kubernetes.io/name']", 'x'],
  ['$.spec.containers[*].name', ['a', 'b']],
  ['$.spec.containers[0].image', 'nginx'],
  ['$.spec.containers[-1:].image', 'busybox'],
  ['$.spec.containers[?(@.name=="b")].image', 'busybox'],
  ['$.status.conditions[?(@.type=="Ready")].status', 'True'],
  ['$.spec.containers[1].ports', []],
  ['$.spec.hostNetwork', false],
  ['$.metadata.annotations', {}],
  ['$.spec.nodeName', undefined],
  ['$.spec.nothing[*].at.all', undefined],
  ['$..image', ['nginx', 'busybox']],
  // What lies below a field that is not there is not there, and the rest of the filter still counts.
  ['$.spec.initContainers[?(@.securityContext.capabilities.add)].name', 'kept'],
  ['$.spec.initContainers[?(!@.securityContext.privileged)].name', ['bare', 'kept']],
  ['$.spec.initContainers[?(@.securityContext.privileged || @.name=="bare")].name', ['bare', 'free']],
  ['$.spec.initContainers[?(@.securityContext.privileged && @.name!="kept")].name', 'free'],
  ['$.spec.initContainers[?(@.securityContext.privileged===false)].name', 'kept'],
  ['$.spec.initContainers[?(@.securityContext!==undefined)].name', ['kept', 'free']],
  ['$.spec.initContainers[?(@.securityContext == null)].name', 'bare'],
  ['$.spec.initContainers[?(@.securityContext["privileged"] ? true : false)].name', 'free'],
  ['$.spec.initContainers[?(@.name.startsWith("k"))].name', 'kept'],
  ['$.spec.initContainers[?(@.name.endsWith("e"))].name', ['bare', 'free']],
  ['$.spec.initContainers[?(@.name.includes("e",9))].name', ['bare', 'kept', 'free']],
  ['$.spec.initContainers[?(@.name.indexOf("re")==2)].name', 'bare'],
  ['$.spec.initContainers[?(@.args.includes("--all"))].name', 'free'],
  ['$.spec.initContainers[?(@.args.indexOf("7")==1)].name', 'free'],
  ['$.spec.initContainers[?(@.args.startsWith("-"))].name', undefined],
  ['$.spec.initContainers[?(["kept","free"].includes(@.name))].name', ['kept', 'free']],
  ['$.spec.initContainers[?(@.args.length>1)].name', 'free'],
  ['$.spec.initContainers[?(@.name[0]=="b" && @.name.length==4)].name', 'bare'],
  ['$.spec.initContainers[?(@.name.toString)].name', undefined],
  ['$.spec.initContainers[?(@.toString)].name', undefined],
  ['$.spec.initContainers[?(@.tty.width)].name', undefined],
  ['$.spec.initContainers[?(@.port < 81)].name', 'free'],
  ['$.spec.initContainers[?(@.port <= 80)].name', 'free'],
  ['$.spec.initContainers[?(@.port < 80)].name', undefined],
  ['$.spec.initContainers[?(@.port > 79)].name', 'free'],
  ['$.spec.initContainers[?(@.port >= 80)].name', 'free'],
  ['$.spec.initContainers[?(@.port > 80)].name', undefined],
  ['$.spec.initContainers[?(@.port % 30 == 20)].name', 'free'],
  ['$.spec.initContainers[?(@.port * 2 - 60 == 200 / 2)].name', 'free'],
  ['$.spec.initContainers[?(@.port + 1 == 81)].name', 'free'],
  ['$.spec.initContainers[?(-@.port == -80)].name', 'free'],
  ['$.spec.initContainers[?(+@.args[1] === 7)].name', 'free'],
  ['$.spec.initContainers[(@.length-1)].name', 'free'],
])('%s', (path, value) => {
  expect(findValue(POD, path)).toEqual(value);
});

test.each([
  ['@.name==web', 'web is not defined'],
  ['@.name.match("w")', 'it may call includes, startsWith, endsWith, indexOf alone'],
  ['includes("w")', 'it may call includes, startsWith, endsWith, indexOf alone'],
  ['@.name "web"', 'there is more than one expression'],
  ['@.name | 1', '| is no comparison'],
  ['~@.name', '~ is no comparison'],
  ['this.name', 'it has a ThisExpression'],
  ['@.name ==', 'Expected expression after =='],
])('a filter that cannot be read: %s', (filter, why) => {
  let told = '';
  try {
    findAll(POD, `$.spec.containers[?(${filter})]`);
  } catch (error) {
    told = (error as Error).message;
  }
  expect(told).toContain(why);
});

test('an expression can run nothing', () => {
  const global = globalThis as { touched?: boolean };
  for (const code of ['globalThis.touched = true', 'this.constructor.constructor("globalThis.touched = true")()']) {
    try {
      findAll(POD, `$.spec.containers[?(${code})]`);
    } catch {
      // Refused is as good as ignored.
    }
  }
  expect(global.touched).toBeUndefined();
});

test.each([[undefined], [null], ['text'], [7]])('nothing is found in %j', (value) => {
  expect(findValue(value, '$.a.b')).toBeUndefined();
});
