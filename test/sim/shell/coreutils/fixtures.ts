/** The files every row starts with, on the simulated host and on the real one. */
export const FIXTURES: Readonly<Record<string, string>> = {
  empty: '',
  'fruits.txt': 'banana\napple\ncherry\napple\nBanana\ndate\n',
  'numbers.txt': '10\n9\n2\n33\n1\n-5\n2.5\n1K\n3M\n',
  'data.csv': 'name,age,city\nalice,30,Paris\nbob,25,Rome\ncarol,35,Oslo\n',
  'pods.txt':
    'NAME    READY  STATUS   RESTARTS\nweb-1   1/1    Running  0\nweb-2   0/1    Pending  3\ndb-0    1/1    Running  12\n',
  'config.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: app\n    image: nginx:1.25\n',
  'changed.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web2\nspec:\n  containers:\n  - name: app\n    image: nginx:1.27\n  restartPolicy: Never\n',
  'log.txt':
    '2024-01-01 10:00:00 INFO start\n2024-01-01 10:00:01 ERROR disk full\n2024-01-01 10:00:02 WARN slow\n2024-01-01 10:00:03 ERROR network down\n2024-01-01 10:00:04 INFO end\n',
  'no-newline': 'one\ntwo',
  'tabs.txt': 'a\tb\tc\n  \tindented\nlong word here\n',
  'utf8.txt': 'caf\u00e9\n\u00fcber\nna\u00efve \u2713\n',
  'dir/a.txt': 'alpha\n',
  'dir/b.log': 'beta error\n',
  'dir/sub/c.txt': 'gamma\nerror here\n',
  'dir/sub/deep/d.conf': 'key=value\n',
  'with space.txt': 'spaced\n',
};
